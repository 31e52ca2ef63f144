"""Verbs that report what somebody says, and the words that surround their subjects.

The lists hold inflected forms, not lemmas, because a form decides whether it reports: "claimed" nearly always does,
"claim" may be a noun. Compiled by hand; ``evals.bench.statements`` measures the rules that use them on news articles.
"""

from __future__ import annotations

from rag.lexicon import word_set
from rag.lexicon.calendar import MONTHS, WEEKDAYS

CLEAR = word_set(
    "said says told tells insisted insists argued argues warned warns added adds stressed stresses explained denied "
    "denies confirmed alleged alleges acknowledged admitted announced stated noted tweeted wrote claimed suggested "
    "predicted estimated believes reiterated remarked replied vowed pledged promised urged urges accused accuses "
    "complained contended contends conceded emphasised emphasized revealed recalled testified reported concluded "
    "blamed pointed points called demanded indicated described asserted asserts speculated cautioned joked lamented "
    "hinted responded commented countered thinks thought hopes expects say tell implied disclosed clarified "
    "quipped opined emphasises emphasizes underlines underscores reiterates asserts contend concedes cautions "
    "insinuated stipulated surmised enthused proclaimed retorted mused confided exclaimed vowed swore swears reckons "
    "reckon reckoned"
)
"""Forms that nearly always report."""

AMBIGUOUS = word_set(
    "claims claim reports notes states believe argue warn insist suggests suggest shows estimates "
    "predicts predict allege suspect fear fears writes write asks asked declares announces confirms confirm describes "
    "calls explains observed observes quoted cited proposed recommended ruled "
    "accuse deny acknowledge acknowledges admits stresses remarks expect think hope pledges promises vows"
)
"""Forms that report only after a name or pronoun, or before "that"; elsewhere they are often nouns."""

BASE = word_set(
    "believe argue warn insist think hope fear suspect expect allege predict complain claim believed estimate reckon "
    "contend"
)
"""Base forms that report after a plural subject: "officials believe"."""

WITH_THAT = word_set(
    "thanked maintain maintains maintained continued expressed signaled signalled advised underlined underscored "
    "highlighted outlined echoed communicated informed reminded boasted figured calculated declared assessed assured "
    "invoked labelled labeled branded dubbed termed denounced condemned praised hailed criticised criticized slammed "
    "mocked lauded compared likened characterised characterized agreed agree agrees repeated repeats reminds remind "
    "feels feel felt sees foresees foresaw assumes assume assumed worries worry worried worrying dreads boasts brags "
    "bragged complains grumbled protested objected submitted specified specifies elaborated summarised summarized "
    "reflected reasoned retorts threatened threatens guaranteed expresses continues concludes clarifies discloses "
    "recounts recounted mentioned mentions conveyed imagines imagined anticipates anticipated foretold prophesied "
    "posited postulated hypothesised hypothesized theorised theorized ventured volunteered intimated attested attests "
    "verified certified alerted notified instructed assures assure blasted slams blasts lambasted chided scolded "
    "derided decried denounces condemns praises hails rebuked excoriated castigated posted recalls "
    "apologised apologized"
)
"""Forms that report only where "that", a statement or a quotation follows."""

FINDING = word_set("showed shows show finds found revealed reveals suggest suggests suggested indicate indicates")
"""Verbs of surveys and reports, which report before "that": "the survey showed that"."""

SOURCES = word_set(
    "investigation investigations study studies survey surveys poll polls polling report reports analysis data figures "
    "research footage images documents records inquiry audit review evidence findings results"
)
"""Nouns that are the subject of such a verb."""

OPEN_QUESTION = word_set("if whether why how what when where who which")
"""Words after "asked" where it reports a question and not a request."""

NO_SUBJECT = word_set(
    "it there here which that this these those what one who anyone anybody everyone everybody someone somebody whoever"
)
"""Words before a reporting verb that identify nobody."""

INVERTED = word_set("said says added wrote asked explained noted warned insisted recalled argued replied continued")
"""Forms that may come before their speaker: "…, said Anna Brandt"."""

SAID_BY_IT = INVERTED | word_set(
    "states stated read announced confirmed denied reported concluded stressed described called declared"
)
"""Forms by which "it" refers to an organisation or newspaper; with others ("it suggests") it may refer to nobody."""

PRONOUNS = word_set("he she they it we i who you")
"""Pronouns that can be a speaker."""
FINITE = word_set("is are was were has have had will would can could may might must should do does did cannot wo ca")
"""Auxiliaries that show a finite clause: "feel they can", "hopes the talks will"."""

STATES_OF_MIND = word_set(
    "convinced confident certain sure concerned worried hopeful optimistic pessimistic adamant afraid sceptical "
    "skeptical doubtful fearful persuaded"
)
"""Adjectives that report with "that": "is convinced that", "were concerned that"."""

NO_SAYING = word_set(
    "mean ensure show prove know learn realise realize discover understand find see demonstrate make require cause "
    "so such do have be happen turn notice hear guarantee help allow enable prevent arrange"
)
"""Lemmas after which "that" introduces a fact and no report: "ensure that"."""

BE = word_set("is are was were be been being am")
"""Forms of "be"."""
SKIPPED = word_set(
    "has have had also always often further later then earlier again now still who which reportedly himself herself "
    "itself themselves so far too recently previously already never once first will would could may since just only "
    "even today yesterday have been did both all however meanwhile though"
)
"""Auxiliaries and adverbs between a subject and its verb."""
STOPPERS = word_set(
    "that because although though while whereas when after before if unless but as whether what which whom where how "
    "why than"
)
"""Conjunctions and relative pronouns, at which a noun phrase ends."""
LEADS = word_set(
    "and but so yet however meanwhile still also on in at by late early last since earlier later separately instead "
    "then now however although though while as when after before because if that or therefore thus hence consequently "
    "moreover furthermore additionally nevertheless nonetheless similarly likewise accordingly finally firstly "
    "secondly recently previously initially originally eventually ultimately lately interestingly notably importantly"
)
"""Conjunctions, adverbs and prepositions of time that may come before a subject: "But on Monday the mayor"."""
TIMES = frozenset((*WEEKDAYS, *MONTHS)) | word_set(
    "today yesterday tomorrow tonight morning afternoon evening night week month "
    "year weekend midday noon midnight day days weeks months years hours ago"
)
"""Words of times, which are no part of a subject."""
OPENERS = word_set(
    "in on at after before during following despite amid while when as since with although though because if under by "
    "for from speaking addressing asked according unlike like given besides among amongst with without including "
    "excluding regarding concerning"
)
"""Words that begin an introductory phrase: "Despite the sanctions, the bank …"."""

VERBISH = word_set(
    "is are was were be been has have had will would can could may might must should do does did said says told tells "
    "rejected accepted dismissed defended criticised criticized condemned welcomed praised called ruled warned urged "
    "announced declined refused ordered blamed vowed pledged appealed signed denied made took gave went came got left "
    "resigned responded reacted spoke tweeted wrote apologised apologized backed opposed supported hit took compared "
    "described acknowledged asked demanded cited expressed issued launched raised repeated stressed"
)
"""Common finite verbs, at which a noun phrase ends."""

DETERMINERS = word_set("the a an this that these those his her its their our my of and many some most more")
"""Words after which a form in "-ed" is an adjective: "the exiled leader"."""

NOUNS_IN_LY = word_set(
    "family ally supply reply assembly rally bully jelly belly monopoly anomaly butterfly homily sally "
    "billy holly molly"
)
"""Nouns and names that end in "-ly" like an adverb."""

OF_TIME = word_set("on in at by late early last since earlier later")
"""Words that begin a time: "on Monday", "late last week"."""

MEANWHILE = word_set("as while after when")
"""Words that begin a clause about the time of a report: "…, he said, as the talks began"."""

DASHES = frozenset(("-", "–", "—", "--"))
"""Marks that open or close an aside, or come before a speaker at the end of a sentence."""

QUOTING = DASHES | {'"', "'"}
"""Marks that open or close quoted words."""
