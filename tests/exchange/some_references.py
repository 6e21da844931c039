"""References of any kind, for Hypothesis."""

from hypothesis import strategies as st

from weft.exchange.references import Date, Name, Reference
from weft.exchange.references.model import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES, TYPES

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=15)
year = st.integers(1, 9999)
parts = st.tuples(year) | st.tuples(year, st.integers(1, 12)) | st.tuples(year, st.integers(1, 12), st.integers(1, 31))
dates = st.builds(Date, parts, st.just(()) | parts, text, st.booleans(), text) | st.builds(
    Date, literal=text.filter(bool)
)
names = st.builds(Name, text, text, text, text, text, text)
references = st.builds(
    Reference,
    text.filter(bool),
    st.sampled_from(sorted(TYPES)),
    st.dictionaries(st.sampled_from(sorted(TEXT_VARIABLES)), text, max_size=5),
    st.dictionaries(st.sampled_from(sorted(NAME_VARIABLES)), st.lists(names, max_size=3).map(tuple), max_size=2),
    st.dictionaries(st.sampled_from(sorted(DATE_VARIABLES)), dates, max_size=2),
)
many = st.lists(references, max_size=4, unique_by=lambda reference: " ".join(reference.id.split())).map(tuple)
