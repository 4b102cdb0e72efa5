"""Turns of phrase that say more than their words: what a clause about the work is about, whichever
of its many words are used. They are looked for in the line as typed and with its slips mended.
"""

import re

_PATTERNS = {
    # A plan that was not kept, or somebody asking for the reason.
    "OFFPLAN": (
        r"\b(?:off|behind|out of) (?:the |our |of )?(?:schedule|track|plan|time|target|date|"
        r"rails|course|pace)\b|\b(?:slip|slips|slipped|slipping|slippage|slid|sliding|lagging|"
        r"overran|dragging|dragged|hinterher|hinterherhink\w*|verspätung|verzug|verzöger\w*|"
        r"delaying|delayed|delays?|late|lateness|behind)(?! to\b)\b|\b(?:days?|weeks?|months?|"
        r"tage|wochen) (?:later|over)\b|\blater than\b|\b(?:set|put|knock\w*|pushed|threw|"
        r"thrown) (?:us|it|things|the \w+) (?:off|back)\b|\b(?:hold\w*|held|slow\w*|"
        r"drag\w*) (?:us|it|me|this|them|things|everything|the \w+) (?:up|back|down)\b|"
        r"\b(?:date|deadline|launch|forecast|timeline|plan|delivery|eta|"
        r"termin) (?:\w+ )?(?:mov\w*|chang\w*|pushed|slid\w*|shift\w*|verschoben)\b|"
        r"\b(?:supposed to|should have|ought to have) (?:be|been) (?:done|finished|ready|live|"
        r"there|shipped|over)\b|\bdrop\w* the ball\b|\bwhat(?:'s| has| have)? (?:happened|become) "
        r"(?:to|with|of) (?:the|our) (?:\w+ )?(?:date|deadline|plan|schedule|timeline|launch|"
        r"estimate|milestone)\b|\bwe (?:said|promised|told \w+|planned) (?:by |in |for |end of )?"
        r"(?:january|february|march|april|may|june|july|august|september|october|november|"
        r"december|q[1-4]|christmas|last|\w+day)\b|\bbl[eo]wn? (?:the |our )?\w+ out\b|"
        r"\bblow.?out\b|\bmiss(?:ed|ing)? (?:the|our|a|"
        r"another) (?:date|deadline|milestone|target|goal)\b|\b(?:so|this|that|too) (?:slow|"
        r"late|long)(?! (?:story|to|as)\b)\b|\bwhere we (?:should|ought|planned|wanted)\b|"
        r"\b(?:not|isn't|aren't|wasn't|still not) (?:it |this |that |we )?(?:yet )?(?:done|"
        r"finished|there|ready) (?:yet|already)\b"
    ),
    "REASON": (
        r"\b(?:why|what|reasons?|cause[ds]?|causes|causing|explain|explanation|excuse|driving|"
        r"drives|behind (?:the|it|this)|grund|gründe|ursache|warum|wieso|weshalb|woran|how come|"
        r"because of what|justif\w*|account for|how (?:did|do|have|has|we|it|this) .{0,20}\b"
        r"(?:end\w* up|get|got|become|became|fall|fell|manag\w*|lose|lost|slip\w*))\b"
    ),
    # What stands in somebody's way, and work that stands still.
    "INWAY": (
        r"\bwhat(?:'?s| is) (?:stopping|keeping|preventing|holding|hindering)\b|"
        r"\b(?:gated|gating|imped\w*|hinder\w*|hindr\w*|stumbling|snags?|snagged|chok\w*|"
        r"obstruct\w*|hurdles?|bottleneck\w*|held up|on hold|bogged down|hung up|stops (?:us|"
        r"them|the|anyone|anybody|people)|holding .{0,20}(?:up|back)|"
        r"stopp?ing (?:us|them|the|anyone|anybody|people)|can ?not (?:proceed|move|continue|"
        r"start)|(?:can't|unable to|not able to|impossible to) (?:proceed|advance|move|continue|"
        r"start|work|progress)|(?:hang|häng)\w* (?:an|fest)|problems?|prevent\w*|klemmt|hakt|"
        r"im weg|steht still)\b|\b(?:in|out of) (?:the|our|your|their|his|her|everyone's|"
        r"people's|the team's|the \w+'s) way\b"
    ),
    "STUCK": (
        r"\bnothing (?:moves|works|runs|happens|is moving|is working)|\bno (?:\w+ )?(?:gpus?|"
        r"data|labels?|access|machines?|capacity|quota|nodes?|slots?|permissions?|credentials|"
        r"progress)\b|\b(?:stuck|starved|starving|stranded|deadlock\w*|permission denied|"
        r"out of (?:quota|memory|disk|space|gpus?)|can't (?:proceed|continue|start|train|access|"
        r"get|reach)|cannot (?:proceed|continue|start|train|access|get|reach)|(?:is|are|went|been|"
        r"keeps?) (?:still )?(?:down|dead|broken|crashing|failing|oom\w*|dying)|steck\w* fest|"
        r"fest(?:steck|häng)\w*|nicht weiter|wait(?:ing)? (?:on|for))\b"
    ),
    # Something more is wanted in what is planned.
    "ADDS": (
        r"\b(?:squeez\w*|fit|fits|fitting|throw|throwing|slip|sneak|tack|bolt|slot|chuck|pack|"
        r"put|bring|take|get)\b(?! (?:me|us|him|her)\b).{1,60}\b(?:in|on too|in too|as well|"
        r"on top|on board|into (?:the|this|our) (?:sprint|plan|scope|roadmap|quarter|"
        r"release))(?: too| as well| before .{1,40}| by .{1,40}| without .{1,40})?\??$|"
        r"\b(?:squeez\w*|fit|throw|slot|sneak) in\b|\b(?:cost|"
        r"costs|price|impact|effect|effort|hard|expensive|feasible|possible|long|what if|"
        r"what happens|what gives|mean|means|implications?|consequences?)\b.{0,60}\b(?:add\w*|"
        r"support\w*|includ\w*|squeez\w*|extra|additional|multilingual|one more|another)\b|"
        r"\b(?:thinking|thought|considering|propos\w*|planning|talk\w*|toying|what) (?:of |"
        r"about |with |to |if we )?(?:adding|add|including|include|supporting|support|taking|"
        r"also)\b|\bhow (?:expensive|hard|costly|difficult|much (?:work|longer|later|"
        r"time)) (?:would|will|is|to)\b|\b(?:extra|one more|additional|tiny|"
        r"small) (?:\w+ )?(?:thing|request|feature|ablation)\b|\b(?:tack|sneak|squeeze|slip|"
        r"throw|add) (?:on|in)?\b.{0,60}\b(?:how much|forecast|plan|date|timeline|scope|sprint|"
        r"this week)\b|\b(?:in|into|to) (?:the |our )?scope\b|\b(?:timeline|schedule|date|"
        r"deadline|plan) (?:hit|impact|effect|risk)\b|\b(?:absorb|accommodate) (?:another|"
        r"one more|an?|further|extra)\b|\bone more thing\b|\b(?:does|would|will|"
        r"could) (?:\w+ )?(?:wreck|break|"
        r"blow|hurt|ruin|affect|endanger|sink|move|change|threaten) (?:the|our) (?:plan|date|"
        r"timeline|schedule|deadline|sprint)\b|\bstretch to\b|"
        r"\b(?:also|too|as well) (?:cover|support|handle|process|accept|allow|offer)\b|"
        r"\bif we (?:\w+ )?(?:add|include|support|take|throw|also|squeeze|allow|do)\b|"
        r"\b(?:additional|another|extra|new|one more|further) (?:\w+ )?(?:capabilit\w*|"
        r"features?|requirements?|languages?|requests?|functionalit\w*|modalit\w*)\b|\b(?:room|"
        r"space|capacity|bandwidth|slack|appetite|headroom|time) (?:in|for|left)\b|\b(?:noch|"
        r"zusätzlich|auch|obendrauf)\b.{0,60}\b(?:aufnehmen|reinnehmen|einbauen|unterbringen|"
        r"mitnehmen|reinpacken|hinzufügen|dazunehmen|ergänzen|schaffen|draufpacken|unterstützen|"
        r"reinschieben|einschieben|machen)\b|\b(?:want|wants|asks? for|asking for|requests?|"
        r"requested|demands?|demanding|needs?|would like)\b.{1,60}\b(?:too|as well|on top|"
        r"support|supported|added|included|in scope)\b"
    ),
    # Something waits for the word of who writes.
    "OWED": (
        r"\b(?:wait\w*|pending|sitting|stuck|parked|hang\w*|queued?|outstanding|stand\w*|lie|"
        r"lies|lying|depend\w*) (?:\w+ )?(?:on|for|with|at|upon|to) (?:me|my|us|yours truly|"
        r"mine|leadership|management|the lead|the leads|a decision|a verdict|an? answer|"
        r"a (?:call|ruling|yes|go|go-ahead|green light)|approval|sign.?off|review)\b(?!/)|"
        r"\b(?:do|did|what|whom?|anything|"
        r"something) (?:do )?i (?:still )?owe\b|\b(?:no|without|awaiting|await|needs?|lack\w*|"
        r"still need|missing|want) (?:a |an |any |my |your )?(?:verdicts?|decisions?|rulings?|"
        r"sign.?offs?|approvals?|call)\b|\b(?:undecided|unapproved|unresolved|nobody(?:'s|"
        r" has)? (?:\w+ )?(?:ruled|decided|signed|approved|judged)|"
        r"not (?:yet )?(?:been )?(?:ruled on|decided|signed off|approved|judged)|"
        r"in my (?:in)?(?:tray|box|court|pile)|my (?:approvals?|"
        r"decisions?|sign.?offs?|verdict|inbox|call))\b|\b(?:approve|decide|sign|sign off|"
        r"unterschreiben|entscheiden|freigeben)\b.{0,30}\b(?:i|ich|me)\b.{0,20}\?|\b(?:i|ich|me|"
        r"mir|mich)\b.{0,30}\b(?:to (?:approve|decide|sign|rule|review)|approve|decide|sign off|"
        r"entscheiden|freigeben|absegnen)\b|\bwartet .{0,20}auf (?:mich|mein\w*|uns)\b|"
        r"\bauf (?:mich|meine \w+) .{0,20}wart\w+"
    ),
    # What was ended or shipped; what is to be ended, shipped, or run for longer.
    "DROPPED": (
        r"\bdid\b.{0,40}\b(?:drop|kill|abandon|scrap|cancel|stop|axe|shelve|discontinue|"
        r"terminate|bin|ditch|close|end|halt|give up|put down|pull|cut|write off)\b|\b(?:have|"
        r"has|were|was|got|get|been|haben|wurden?)\b.{0,40}\b(?:dropped|killed|abandoned|"
        r"scrapped|cancell?ed|stopped|axed|shelved|discontinued|terminated|binned|ditched|"
        r"closed|ended|halted|given up|put down|pulled|cut|thrown|written off|sunset|chopped|"
        r"called off|eingestellt|abgebrochen|gestoppt|beendet|verworfen|beerdigt|gekippt)\b|"
        r"\b(?:the (?:boot|chop|axe|bullet|graveyard|morgue)|kills|cancellations?|casualt\w*|"
        r"dead ends?|write.?offs|tombstones?|rip|discontinued|bit the dust|(?:didn't|"
        r"did not) (?:make|work|survive|pan)|went nowhere|threw in the towel)\b"
    ),
    "SHIPPED": (
        r"\b(?:went|gone|moved|taken|carried|passed) (?:forward|through)\b|"
        r"\b(?:did|have|has|were|was|got|been|made|went|moved|reached|passed|haben|"
        r"wurden?)\b.{0,40}\b(?:promot\w*|ship\w*|launch\w*|releas\w*|deploy\w*|graduat\w*|live|"
        r"prod|production|produktion|ausgerollt|rolled out|through the gate|over the line)\b|"
        r"\b(?:passed|cleared|cleared|through|past) (?:the |our )?gate\b|\b(?:approved|"
        r"ready) for (?:prod|production|release)\b|\b(?:promotions?|graduations?|launches|"
        r"releases|go.?lives|graduated|shipped|wins)\b"
    ),
    "ENDS": (
        r"\b(?:to|should|must|can|may|shall) (?:now |please )?be (?:\w+ )?(?:kill\w*|terminat\w*|"
        r"stopp\w*|clos\w*|cancel\w*|abort\w*|drop\w*|"
        r"end\w*|discontinu\w*|scrapp\w*|ceas\w*)\b|\b(?:close|closing|mark|put|shut|"
        r"wrap) (?:it|this|that|them|him|her|#?\d+|exp\S*|experiment \d+)?\s?(?:out |off |down |"
        r"up )?(?:as |to )?(?:killed|dead|closed|rest|sleep|bed)\b|\b(?:not|n't|"
        r"no longer) (?:be )?(?:going|moving|go|proceed\w*|continu\w*|pursu\w*|"
        r"carry\w*)\b.{0,10}\b(?:forward|ahead|with|on|any further)?\b|\b(?:done|finished|"
        r"through) with #?(?:exp\S{0,2})?\d|\b(?:close|end|drop|pull|bin|can|stop|finish|"
        r"shut) (?:it|that one|this one|#?\d{2,4}|exp\w{0,10}(?:-\d+)?)\b(?![-\w]|(?: \d+)? up)|"
        r"\b(?:#?\d{2,4}|exp-?\d+|it|that) ?(?:is|'?s) (?:dead|a dud|a goner|toast|done for|"
        r"hopeless|pointless|a dead end|"
        r"a lost cause|going nowhere)\b|\b(?:(?:in|into|to|for) the (?:bin|"
        r"trash|graveyard|scrap ?heap)|bringt nichts|call time on|time to (?:stop|end|kill|drop|"
        r"let go)|pull the plug|put .{1,20} (?:out of|to rest|to sleep|down)|cease|"
        r"put a fork in|chuck (?:it|that|this|#?\d+)|cactus|kaput|"
        r"dead in the water|dead horse|waste of|r\.?i\.?p\.?|delete|get rid|"
        r"(?:drop|end|stop|close|bin|can|pull) the exp\S*|throw .{1,20} (?:away|out)|"
        r"take .{1,20} behind|weg damit|kann weg)\b"
    ),
    "LIVES": (
        r"\b(?:go.?ahead|green.?light\w*|blessing|thumbs up|approval|approved?|sign.?off|"
        r"signed off|cleared|grünes licht|freigabe|okay|ok|yes) (?:for|on|to|für|from me)\b|"
        r"\b(?:good|ready|fit|clear|cleared|fine|happy|reif|bereit) (?:for|to|"
        r"für) .{0,25}\b(?:go|prime|prod\w*|ship|live|launch|release|promot\w*|customers|users|"
        r"produktion)\b|\b(?:put|push|move|bring|take|get|send|let|roll|ship|make|set|flip|do|"
        r"stick|chuck|pop|bung|"
        r"give|nimm|bring\w*|setz\w*|schieb\w*|stell\w*|geh\w*)\b.{0,40}\b(?:prod|production|"
        r"live|promotion|promoted|rollout|produktion|out to (?:users|customers|everyone))\b|"
        r"\b(?:approve|approving|authorise|authorize|confirm) (?:the )?(?:promotion|release|"
        r"launch|rollout|deployment)|\b(?:make (?:it|that|this) official|(?:in|into) service|"
        r"deserves (?:to be|a) promot\w*|to be (?:\w+ )?(?:promoted|shipped|released|deployed|"
        r"launched)|(?:through|past|over) (?:the|our) (?:gate|line)|"
        r"(?<!not )(?<!n't )(?:take|move|bring|carry|push) (?:it|this|that|#?\d+|exp\S*) forward|"
        r"in(?:s)? produktion|productioni[sz]e)\b"
    ),
    "RUNSON": (
        r"\b(?:bump|push|move|shift|slide|stretch|set|put|change|postpone|delay|verschieb\w*|"
        r"schieb\w*)\b.{0,40}\b(?:deadline|end date|end|due date|date|time ?box|box|finish|"
        r"frist|ende|enddatum|out|back)\b|\b(?:run|runs|running|cook|cooking|train|training|"
        r"bake|keep|laufen|weiterlaufen|live|continue)\b(?: \w+)? (?:on|till|til|until|a (?:tad|"
        r"bit|little|while)|longer|länger|through|bis|noch|an?other|over|past)\b|\b(?:have|has|"
        r"gets?|give|needs?|wants?|takes?|allow|grant|let|braucht|brauche|kriegt|bekommt|"
        r"gib)\b.{0,40}\b(?:till|til|until|through|bis|more|longer|extra|another|additional|"
        r"weitere?n?|noch|mehr)\b|\b(?:more|extra|additional|another|mehr|"
        r"noch) (?:\w+ )?(?:time|days?|weeks?|tage?|wochen?|zeit|sprint)\b|(?:\bplus |"
        r"\+ ?)(?:\d+|an?|one|two|three|another) ?(?:d|days?|weeks?|w|tage?|wochen?)\b|\b(?:ext|"
        r"extn)\b|\bextend\w*"
    ),
    # Why it has to run on.
    "UNFINISHED": (
        r"(?:\bnot|n't|\bnicht|\bnoch nicht) (?:\w+ )?(?:finished|done|ready|complete|through|"
        r"converged|over|fertig|durch)\b"
    ),
    "FORBIDS": (
        r"^\W*(?:please |bitte |no,? )*(?:do not|don't|dont|never|nicht|kein\w*)\b|\b(?:do not|"
        r"don't|dont|shouldn't|must not|no need to|keine?n?) (?:give|extend|grant|push|let|"
        r"verläng\w*|promote|kill|ship)\b"
    ),
    # A report of what came of something.
    "TELLS": (
        r"\b(?:finished|done|complete|completed|got|came (?:back|out|in)|ran|converged|"
        r"converges|landed|reached|passe[sd]|fail(?:s|ed)|dropped|improved|trained|retrain\w*|"
        r"kick(?:s|ed) off|evaluated|measured|merged|fixed|launched|started|is (?:at|up|down|"
        r"now|around|back)|are (?:in|back|up|down)|sits|sitting|stands at|jumped|went (?:up|"
        r"down|from)|beats?|wins|lost|rerun|re-ran|gained|regressed|plateaued|diverged|"
        r"crashed at|durchgelaufen|fertig|gemessen|liegt|erreicht|gestiegen|gefallen|trainiert|"
        r"results? (?:is|are|in)|arrived (?:to|at)|in progress|halfway|at \d|stayed|unchanged|"
        r"stays|no (?:\w+ )?(?:improvement|change|"
        r"difference|gain|effect)|(?:better|worse) than)\b|"
        r"^(?:[^\W\d]{1,20}[ -]{0,2})?\d{1,6}\s?[:=]\s|[+-]\s?\d+(?:[.,]\d+)?\s?(?:pt|pts|pp|%|"
        r"points?)"
    ),
    "LOGS": (
        r"\b(?:add|enter|put|log|submit|report|record|note|eintragen|"
        r"melden)\b.{0,20}\b(?:results?|numbers?|scores?|figures?|metrics?|progress|outcome|"
        r"ergebnis\w*)\b"
    ),
    # How it goes with all of it; what was learned.
    "FARES": (
        r"\bhow (?:is|are|s|does|do|has|have|did|well|far|bad)?\b.{0,25}\b(?:it|things?|we|us|"
        r"you|everything|that|this|the (?:\w+ )?(?:project|team|work|programme|program|effort|"
        r"whole))\b.{0,25}\b(?:go\w*|get\w* (?:on|along)|advanc\w*|progress\w*|com\w* along|far|"
        r"doing|do|stand\w*|look\w*|shap\w*|far\w*|hold\w* up|track\w*)\b|\bhow(?:'s|s| is|"
        r" are)?\b.{0,15}\b(?:go\w*|get\w* on|look\w*|progress\w*)\b.{0,15}\b(?:overall|project|"
        r"team|generally|general|so far|all|everything|things)\b|\b(?:where|how) (?:do|are|"
        r"is) (?:we|things|everything|the project) (?:\w+ )?(?:stand\w*|at|now|up)\b|"
        r"\bwhere (?:are|do) we\b|\b(?:are|r|is|we|it|project) (?:\w+ )?(?:cooked|doomed|fine|"
        r"okay|safe|screwed|toast|in trouble|in good shape|on fire|healthy|winning|losing|green|"
        r"amber|red)\b|\b(?:still|even|is .{1,30}) (?:realistic|feasible|doable|achievable|"
        r"on the cards|in play|holding)\b|\brag\b|"
        r"\bone (?:sentence|line|liner|paragraph) (?:for|on|about)\b|^\W*(?:is )?(?:all|"
        r"everything) (?:sweet|well|right|fine|okay|good)\W*\?|\bambel\b|\bvibe ?check\b|"
        r"\b(?:progress|"
        r"status|situation|health) (?:report|check|update|overview)\b|\b(?:sitrep|"
        r"state of (?:play|affairs|things|the (?:union|project|nation))|temperature check|"
        r"in a nutshell|two sentences|executive summary)\b|\bhow(?:'?s| is| are)? (?:the |our |"
        r"my |this )?(?:project|team|sprint|programme|program|things|quarter|everything)\W*$|"
        r"\b(?:everything|all|things|we|project) (?:\w+ )?(?:proceeding|in order|under control|"
        r"according to plan|to plan|as planned|satisfactor\w*)\b|\bwhere we (?:are|stand)\b|"
        r"\b(?:inside|within|ahead of|sticking to|keeping to) (?:the |our )?(?:plan|schedule|"
        r"timeline|time)\b|\bwie (?:läuft|laeuft|steht|stehen|geht|sieht|kommen|kommt|"
        r"weit)\b.{0,20}\b(?:es|wir|"
        r"das|projekt|team|alles|aus|voran|so)\b"
    ),
    "KNOWN": (
        r"\b(?:do we know|know now|know today|known now|wiser|smarter|cleverer|conclu\w*|"
        r"insights?|lessons?|findings?|takeaways?|learn\w*|learnt|gelernt|erkenntnis\w*|"
        r"discover\w*|found out|figured out|turned out|teach\w*|taught|moral of|aha|eureka|"
        r"surpris\w*|evidence so far|new knowledge)\b"
    ),
    "RIGHTLY": (
        r"\bget\w* (?:it |them |things )?(?:right|wrong)|\bany good\b|\bwhat (?:%|percent\w*|"
        r"share|fraction|proportion)|\bhow (?:wrong|right|precise|accurate|exact|often (?:is it|"
        r"does it|do we)|(?:number|score|needle|metric) (?:at|sitting at|now))\b"
    ),
    "LATEST": (
        r"\b(?:latest|current\w*|now|today|present\w*|newest|aktuell\w*|most recent|"
        r"these days)\b"
    ),
    # A day's report.
    "DAYTOLD": r"\byesterday\b.{1,100}\btoday\b|\bgestern\b.{1,100}\bheute\b",
    # A new experiment, called "one".
    "NEWONE": (
        r"\b(?:log|file|register|add|put|note) (?:that|this|it) (?:down )?as an? (?:new )?"
        r"(?:experiment|exp|ticket|hypothesis|idea)\b|^\W*(?:new(?: exp\w*| idea| hypothesis|"
        r" one)?|"
        r"hypothesis|proposal)\s?[:–]|\b(?:open|start|create|register|set up|kick off|spin up|"
        r"log|file|add|chuck|stick|put|pop|throw|bung) (?:a |an |"
        r"another |one )?(?:new |more )?(?:one|experiment|exp|ticket|hypothesis) (?:to|for|on|in|"
        r"about|where|that)\b"
    ),
    # The form of a question.
    "ASKSWHEN": (
        r"\b(?:when|how long|how much longer|how many|wann|what date|which date|what time|eta)\b"
    ),
    "ETA": (
        r"\b(?:eta|(?:launch|delivery|release|finish|end|completion|ship|shipping|"
        r"go.?live|landing) (?:month|week|quarter|date|day)|(?:what|which) (?:month|quarter|"
        r"week) (?:will|can|do|are|should|is it|does it)|expected (?:finish|completion|delivery)|"
        r"(?:weeks|days|months|sprints) (?:to "
        r"go|left|remain\w*)|give \w+ (?:a|the) (?:\w+ )?date|still (?:good|on|set|fine) for)\b"
    ),
    "STARTSWHEN": r"^\W*(?:(?:so|and|ok|hey|hi|und|also) )*(?:when|wann)\b",
    # Somebody's own opinion, which a question mark does not make a question.
    "SUGGESTS": (
        r"\b(?:i (?:\w+ )?(?:think|believe|suggest|propose|recommend|say|want|vote)|i'd (?:say|"
        r"like|suggest|vote)|imo|imho|let'?s|we (?:agreed|decided)|please|pls|agree[sd]?)\b"
    ),
}  # fmt: skip
WORK = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}
