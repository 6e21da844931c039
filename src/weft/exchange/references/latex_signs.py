"""The commands of LaTeX that stand for a character, as they occur in BibTeX files."""

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "\u02dc": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
ALONE = {"`": "`", "'": "\u00b4", "^": "^", "~": "~", "=": "\u00af", '"': "\u00a8", ".": "\u02d9", "c": "\u00b8"}
DOTLESS = {"ı": "i", "ȷ": "j"}
BELOW = frozenset("dckb")
JOINED = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": "\u00a0"}
RAISED = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
SILENT_WORDS = """
    relax protect url nolinkurl path mbox hbox text textrm textup textnormal textmd textlf rm ensuremath
    mathrm bibstring noopsort par
"""
SILENT = frozenset(SILENT_WORDS.split())
GREEK = """
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ
    pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π
    Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
"""
LETTERS = """
    ss ß ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ ng ŋ NG Ŋ dj đ DJ Đ SS ẞ
    textflorin ƒ textordfeminine ª textordmasculine º
"""
MARKS = """
    textbackslash \\ textbraceleft { textbraceright } lbrace { rbrace } textasciitilde ~ textasciicircum ^
    textasciigrave ` textquotesingle ' textquotedbl " textunderscore _ textdollar $ textbar | textless < textgreater >
    textendash – textemdash — textellipsis … dots … ldots … textbullet • textperiodcentered · cdot · cdots ⋯
    textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” quotesinglbase ‚ quotedblbase „ lq ‘ rq ’
    glqq „ grqq “ glq ‚ grq ‘ flqq « frqq » flq ‹
    frq › guillemotleft « guillemotright » guilsinglleft ‹ guilsinglright ›
    textexclamdown ¡ textquestiondown ¿ S § P ¶ textsection § textparagraph ¶ dag † ddag ‡ textdagger † textdaggerdbl ‡
    copyright © textcopyright © textregistered ® texttrademark ™ pounds £ textsterling £ euro € texteuro € EUR €
    textyen ¥ textcent ¢ textdegree ° degree ° circ ° textmu µ texttimes × times × div ÷ pm ± textpm ± sim ~ approx ≈
    leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ infty ∞ rightarrow → to → leftarrow ← leftrightarrow ↔ textrightarrow →
    textleftarrow ← textonehalf ½ textonequarter ¼ textthreequarters ¾ textonesuperior ¹ texttwosuperior ²
    textthreesuperior ³ textnumero № LaTeX LaTeX TeX TeX BibTeX BibTeX checkmark ✓ prime ′ star ⋆ ast * partial ∂
    nabla ∇ sum ∑ int ∫ in ∈ cup ∪ cap ∩ lt < gt > vert | langle ⟨ rangle ⟩
"""
_words = [*GREEK.split(), *LETTERS.split(), *MARKS.split()]
SIGNS = dict(zip(_words[::2], _words[1::2], strict=True)) | {
    "space": " ",
    "quad": " ",
    "qquad": " ",
    "textvisiblespace": " ",
    "newline": " ",
    "nobreakspace": "\u00a0",
}
SYMBOLS = {sign: sign for sign in "{}$&#%_"} | dict.fromkeys(" \\,;:!\n\t", " ") | {"-": "", "/": "", "@": ""}
ESCAPES = {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "\u00a0": "~",
} | {sign: f"\\{sign}" for sign in "$&#%_"}
