"""What passing on leaves in the journal, by which a restored backup is mended."""

from weft.listen.concerns import queries
from weft.listen.concerns.actions import seal_again
from weft.provenance.journal import way

way("sealed", stands=queries.unsealed, again=seal_again, known=queries.journalled)
