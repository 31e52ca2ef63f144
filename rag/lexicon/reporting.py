"""Verbs that report what somebody says, and the small words around their subjects."""

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
"""Forms that report only after a name or a pronoun, or before "that"."""

BASE = word_set(
    "believe argue warn insist think hope fear suspect expect allege predict complain claim believed estimate reckon "
    "contend"
)
"""Plural forms that are no nouns in the plural's place: "officials believe"."""

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
"""What a survey or a report does "that" something is so."""

SOURCES = word_set(
    "investigation investigations study studies survey surveys poll polls polling report reports analysis data figures "
    "research footage images documents records inquiry audit review evidence findings results"
)
"""Whose finding it is, rather than who says it."""

OPEN_QUESTION = word_set("if whether why how what when where who which")
"""Words that follow "asked" where somebody's question is reported, and no request."""

NO_SUBJECT = word_set(
    "it there here which that this these those what one who anyone anybody everyone everybody someone somebody whoever"
)
"""Words before a reporting verb that name nobody."""

INVERTED = word_set("said says added wrote asked explained noted warned insisted recalled argued replied continued")
"""Forms that stand before their speaker: "…, said Anna Brandt"."""

SAID_BY_IT = INVERTED | word_set(
    "states stated read announced confirmed denied reported concluded stressed described called declared"
)
"""Of these an organisation or a paper is the speaker where it is called "it"; "it suggests" may be nobody's."""

PRONOUNS = word_set("he she they it we i who you")
FINITE = word_set("is are was were has have had will would can could may might must should do does did cannot wo ca")
"""Words by which a statement's own verb is known: "feel they can", "hopes the talks will"."""

STATES_OF_MIND = word_set(
    "convinced confident certain sure concerned worried hopeful optimistic pessimistic adamant afraid sceptical "
    "skeptical doubtful fearful persuaded"
)
"""What somebody is "that …" is so: "is convinced that", "were concerned that"."""

NO_SAYING = word_set(
    "mean ensure show prove know learn realise realize discover understand find see demonstrate make require cause "
    "so such do have be happen turn notice hear guarantee help allow enable prevent arrange"
)
"""Verbs after which "that" opens what is so, and not what somebody says."""

BE = word_set("is are was were be been being am")
SKIPPED = word_set(
    "has have had also always often further later then earlier again now still who which reportedly himself herself "
    "itself themselves so far too recently previously already never once first will would could may since just only "
    "even today yesterday have been did both all however meanwhile though"
)
STOPPERS = word_set(
    "that because although though while whereas when after before if unless but as whether what which whom where how "
    "why than"
)
LEADS = word_set(
    "and but so yet however meanwhile still also on in at by late early last since earlier later separately instead "
    "then now however although though while as when after before because if that or therefore thus hence consequently "
    "moreover furthermore additionally nevertheless nonetheless similarly likewise accordingly finally firstly "
    "secondly recently previously initially originally eventually ultimately lately interestingly notably importantly"
)
TIMES = frozenset((*WEEKDAYS, *MONTHS)) | word_set(
    "today yesterday tomorrow tonight morning afternoon evening night week month "
    "year weekend midday noon midnight day days weeks months years hours ago"
)
OPENERS = word_set(
    "in on at after before during following despite amid while when as since with although though because if under by "
    "for from speaking addressing asked according unlike like given besides among amongst with without including "
    "excluding regarding concerning"
)
"""Words that open a sentence before its subject: "Despite the sanctions, the bank …"."""

VERBISH = word_set(
    "is are was were be been has have had will would can could may might must should do does did said says told tells "
    "rejected accepted dismissed defended criticised criticized condemned welcomed praised called ruled warned urged "
    "announced declined refused ordered blamed vowed pledged appealed signed denied made took gave went came got left "
    "resigned responded reacted spoke tweeted wrote apologised apologized backed opposed supported hit took compared "
    "described acknowledged asked demanded cited expressed issued launched raised repeated stressed"
)
"""Common finite verbs, used to see where a subject ends."""

DETERMINERS = word_set("the a an this that these those his her its their our my of and many some most more")
"""Words after which a form in -ed is no verb: "the exiled leader"."""

NOUNS_IN_LY = word_set(
    "family ally supply reply assembly rally bully jelly belly monopoly anomaly butterfly homily sally "
    "billy holly molly"
)
"""Words that end as adverbs do and are none."""

OF_TIME = word_set("on in at by late early last since earlier later")
"""Words that open a time: "on Monday", "late last week"."""

MEANWHILE = word_set("as while after when")
"""Words that open what happened at the time of a report: "…, he said, as the talks began"."""

DASHES = frozenset(("-", "–", "—", "--"))
"""Marks that open and close an aside, or stand before who said it."""

QUOTING = DASHES | {'"', "'"}
"""Marks that open or close somebody's words."""
