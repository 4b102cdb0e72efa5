"""Turns of phrase that say more than their words: what a whole clause is about, whichever of its
many words are used. They are looked for in the line as typed and with its slips mended.
"""

import re

_US = r"(?:it|things?|we|us|you|everything|that|this|the (?:\w+ )?(?:project|team|work|programme|program|effort|whole))"
_FOLK = (
    r"(?:team|group|department|lads|gang|folks|people|everyone|everybody|others?|colleagues|guys|crew|who|whos|rest|squad|"
    r"anyone|anybody|each (?:person|one|member)|leute|kollegen|alle|wer|jeder)"
)
_PATTERNS = {
    # A question about the plan that was not kept, or the statement that it was not.
    "OFFPLAN": (
        r"\b(?:off|behind|out of) (?:the |our |of )?(?:schedule|track|plan|time|target|date|rails|course|pace)\b|"
        r"\b(?:slip|slips|slipped|slipping|slippage|slid|sliding|lagging|overran|dragging|dragged|"
        r"hinterher|hinterherhink\w*|verspätung|verzug|verzöger\w*|delaying|delayed|delays?|late|lateness|behind)(?! to\b)\b|"
        r"\b(?:days?|weeks?|months?|tage|wochen) (?:later|over)\b|\blater than\b|"
        r"\b(?:set|put|knock\w*|pushed|threw|thrown) (?:us|it|things|the \w+) (?:off|back)\b|"
        r"\b(?:hold\w*|held|slow\w*|drag\w*) (?:us|it|me|this|them|things|everything|the \w+) (?:up|back|down)\b|"
        r"\b(?:date|deadline|launch|forecast|timeline|plan|delivery|eta|termin) (?:\w+ )?(?:mov\w*|chang\w*|pushed|slid\w*|shift\w*|verschoben)\b|"
        r"\b(?:supposed to|should have|ought to have) (?:be|been) (?:done|finished|ready|live|there|shipped|over)\b|\bdrop\w* the ball\b|"
        r"\bmiss(?:ed|ing)? (?:the|our|a|another) (?:date|deadline|milestone|target|goal)\b|"
        r"\b(?:so|this|that|too) (?:slow|late|long)(?! (?:story|to|as)\b)\b|\bwhere we (?:should|ought|planned|wanted)\b|"
        r"\b(?:not|isn't|aren't|wasn't|still not) (?:it |this |that |we )?(?:yet )?(?:done|finished|there|ready) (?:yet|already)\b"
    ),
    "REASON": (
        r"\b(?:why|what|reasons?|cause[ds]?|causes|causing|explain|explanation|excuse|driving|drives|behind (?:the|it|this)|"
        r"grund|gründe|ursache|warum|wieso|weshalb|woran|how come|because of what|justif\w*|account for)\b"
    ),
    # What stands in the way.
    "INWAY": (
        r"\b(?:gated|gating|imped\w*|hinder\w*|hindr\w*|stumbling|snags?|snagged|chok\w*|obstruct\w*|hurdles?|"
        r"bottleneck\w*|held up|on hold|holding .{0,20}(?:up|back)|stopp?ing (?:us|them|the|anyone|anybody|people)|"
        r"can ?not (?:proceed|move|continue|start)|(?:can't|unable to|not able to|impossible to) (?:proceed|advance|move|continue|start|work|progress)|(?:hang|häng)\w* (?:an|fest)|problems?|prevent\w*|"
        r"klemmt|hakt|im weg|steht still)\b|"
        r"\b(?:in|out of) (?:the|our|your|their|his|her|everyone's|people's|the team's|the \w+'s) way\b"
    ),
    # Something more is wanted in what is planned.
    "ADDS": (
        r"\b(?:squeez\w*|fit|fits|fitting|throw|throwing|slip|sneak|tack|bolt|slot|chuck|pack|put|bring|take|get)\b"
        r"(?! (?:me|us|him|her)\b).{1,60}\b(?:in|on too|in too|as well|on top|on board|into (?:the|this|our) (?:sprint|plan|scope|roadmap|quarter|release))(?: too| as well)?$|"
        r"\b(?:squeez\w*|fit|throw|slot|sneak) in\b|"
        r"\b(?:cost|costs|price|impact|effect|effort|hard|expensive|feasible|possible|long|what if|what happens|what gives|"
        r"mean|means|implications?|consequences?)\b.{0,60}\b(?:add\w*|support\w*|includ\w*|squeez\w*|extra|additional|multilingual|one more|another)\b|"
        r"\b(?:thinking|thought|considering|propos\w*|planning|talk\w*|toying|what) (?:of |about |with |to |if we )?(?:adding|add|including|include|supporting|support|taking|also)\b|"
        r"\bhow (?:expensive|hard|costly|difficult|much (?:work|longer|later|time)) (?:would|will|is|to)\b|\b(?:extra|one more|additional|tiny|small) (?:\w+ )?(?:thing|request|feature|ablation)\b|\b(?:tack|sneak|squeeze|slip|throw|add) (?:on|in)?\b.{0,60}\b(?:how much|forecast|plan|date|timeline|scope|sprint|this week)\b|\b(?:in|into|to) (?:the |our )?scope\b|"
        r"\b(?:timeline|schedule|date|deadline|plan) (?:hit|impact|effect|risk)\b|"
        r"\b(?:absorb|accommodate) (?:another|one more|an?|further|extra)\b|\bone more thing\b|\bstretch to\b|"
        r"\bif we (?:\w+ )?(?:add|include|support|take|throw|also|squeeze|allow|do)\b|"
        r"\b(?:additional|another|extra|new|one more|further) (?:\w+ )?(?:capabilit\w*|features?|requirements?|languages?|requests?|functionalit\w*|modalit\w*)\b|"
        r"\b(?:room|space|capacity|bandwidth|slack|appetite|headroom|time) (?:in|for|left)\b|"
        r"\b(?:noch|zusätzlich|auch|obendrauf)\b.{0,60}\b(?:aufnehmen|reinnehmen|einbauen|unterbringen|mitnehmen|reinpacken|"
        r"hinzufügen|dazunehmen|ergänzen|schaffen|draufpacken|unterstützen|reinschieben|einschieben|machen)\b|"
        r"\b(?:want|wants|asks? for|asking for|requests?|requested|demands?|demanding|needs?|would like)\b.{1,60}\b(?:too|as well|on top|support|supported|added|included|in scope)\b"
    ),
    # Something waits for the word of who writes.
    "OWED": (
        r"\b(?:wait\w*|pending|sitting|stuck|parked|hang\w*|queued?|outstanding|stand\w*|lie|lies|lying|depend\w*) (?:\w+ )?(?:on|for|with|at|upon|to) "
        r"(?:me|my|us|yours truly|mine|leadership|management|the lead|the leads|a decision|a verdict|an? answer|approval|sign.?off|review)\b(?!/)|"
        r"\b(?:do|did|what|whom?|anything|something) (?:do )?i (?:still )?owe\b|"
        r"\b(?:no|without|awaiting|await|needs?|lack\w*|still need|missing|want) (?:a |an |any |my |your )?(?:verdicts?|decisions?|rulings?|sign.?offs?|approvals?|call)\b|"
        r"\b(?:undecided|unapproved|unresolved|my (?:approvals?|decisions?|sign.?offs?|verdict|inbox|call))\b|"
        r"\b(?:approve|decide|sign|sign off|unterschreiben|entscheiden|freigeben)\b.{0,30}\b(?:i|ich|me)\b.{0,20}\?|"
        r"\b(?:i|ich|me|mir|mich)\b.{0,30}\b(?:to (?:approve|decide|sign|rule|review)|approve|decide|sign off|entscheiden|freigeben|absegnen)\b|"
        r"\bwartet .{0,20}auf (?:mich|mein\w*|uns)\b|\bauf (?:mich|meine \w+) .{0,20}wart\w+"
    ),
    # What was ended, in the past; what is to be ended, now.
    "DROPPED": (
        r"\bdid\b.{0,40}\b(?:drop|kill|abandon|scrap|cancel|stop|axe|shelve|discontinue|terminate|bin|ditch|close|end|halt|give up|put down|pull|cut|write off)\b|"
        r"\b(?:have|has|were|was|got|get|been|haben|wurden?)\b.{0,40}\b(?:dropped|killed|abandoned|scrapped|cancell?ed|stopped|axed|shelved|discontinued|terminated|"
        r"binned|ditched|closed|ended|halted|given up|put down|pulled|cut|thrown|written off|sunset|chopped|called off|eingestellt|abgebrochen|gestoppt|beendet|verworfen|beerdigt|gekippt)\b|"
        r"\b(?:the (?:boot|chop|axe|bullet|graveyard|morgue)|kills|cancellations?|casualt\w*|dead ends?|write.?offs|tombstones?|rip|discontinued|"
        r"bit the dust|(?:didn't|did not) (?:make|work|survive|pan)|went nowhere|threw in the towel)\b"
    ),
    "SHIPPED": (
        r"\b(?:did|have|has|were|was|got|been|made|went|moved|reached|passed|haben|wurden?)\b.{0,40}\b(?:promot\w*|ship\w*|launch\w*|releas\w*|"
        r"deploy\w*|graduat\w*|live|prod|production|produktion|ausgerollt|rolled out|through the gate|over the line)\b|"
        r"\b(?:passed|cleared|cleared|through|past) (?:the |our )?gate\b|\b(?:approved|ready) for (?:prod|production|release)\b|\b(?:promotions?|graduations?|launches|releases|go.?lives|graduated|shipped|wins)\b"
    ),
    "ENDS": (
        r"\bto be (?:\w+ )?(?:kill\w*|terminat\w*|stopp\w*|clos\w*|cancel\w*|abort\w*|drop\w*|end\w*|discontinu\w*|scrapp\w*|ceas\w*)\b|"
        r"\b(?:close|closing|mark|put|shut|wrap) (?:it|this|that|them|him|her|#?\d+|exp\S*|experiment \d+)?\s?(?:out |off |down |up )?(?:as |to )?(?:killed|dead|closed|rest|sleep|bed)\b|"
        r"\b(?:not|n't|no longer) (?:be )?(?:going|moving|go|proceed\w*|continu\w*|pursu\w*|carry\w*)\b.{0,10}\b(?:forward|ahead|with|on|any further)?\b|"
        r"\b(?:done|finished|through) with #?(?:exp\S{0,2})?\d|\b(?:close|end|drop|pull|bin|can|stop|finish|shut) (?:it|that one|this one|#?\d{2,4}|exp\S*)\b|"
        r"\b(?:(?:in|into|to|for) the (?:bin|trash|graveyard|scrap ?heap)|bringt nichts|call time on|time to (?:stop|end|kill|drop|let go)|pull the plug|put .{1,20} (?:out of|to rest|to sleep|down)|"
        r"cease|dead in the water|dead horse|waste of|r\.?i\.?p\.?|delete|get rid|throw .{1,20} (?:away|out)|take .{1,20} behind|weg damit|kann weg)\b"
    ),
    "LIVES": (
        r"\b(?:go.?ahead|green.?light\w*|blessing|thumbs up|approval|approved?|sign.?off|signed off|cleared|grünes licht|freigabe|okay|ok|yes) (?:for|on|to|für|from me)\b|"
        r"\b(?:good|ready|fit|clear|cleared|fine|happy|reif|bereit) (?:for|to|für) .{0,25}\b(?:go|prime|prod\w*|ship|live|launch|release|promot\w*|customers|users|produktion)\b|"
        r"\b(?:put|push|move|bring|take|get|send|let|roll|ship|make|set|flip|do|give|nimm|bring\w*|setz\w*|schieb\w*|stell\w*|geh\w*)\b.{0,40}\b(?:prod|production|live|promotion|promoted|rollout|produktion|out to (?:users|customers|everyone))\b|"
        r"\b(?:approve|approving|authorise|authorize|confirm) (?:the )?(?:promotion|release|launch|rollout|deployment)|\b(?:make (?:it|that|this) official|(?:in|into) service|deserves (?:to be|a) promot\w*|in(?:s)? produktion|productioni[sz]e)\b"
    ),
    "RUNSON": (
        r"\b(?:bump|push|move|shift|slide|stretch|set|put|change|postpone|delay|verschieb\w*|schieb\w*)\b.{0,40}\b(?:deadline|end date|end|due date|date|time ?box|box|finish|frist|"
        r"ende|enddatum|out|back)\b|"
        r"\b(?:run|runs|running|cook|cooking|train|training|bake|keep|laufen|weiterlaufen|live|continue)\b(?: \w+)? (?:on|till|til|until|a (?:tad|bit|little|while)|longer|länger|through|bis|noch|an?other|over|past)\b|"
        r"\b(?:have|has|gets?|give|needs?|wants?|takes?|allow|grant|let|braucht|brauche|kriegt|bekommt|gib)\b.{0,40}\b(?:till|til|until|through|bis|more|longer|extra|another|additional|weitere?n?|noch|mehr)\b|"
        r"\b(?:more|extra|additional|another|mehr|noch) (?:\w+ )?(?:time|days?|weeks?|tage?|wochen?|zeit|sprint)\b|(?:\bplus |\+ ?)(?:\d+|an?|one|two|three|another) ?(?:d|days?|weeks?|w|tage?|wochen?)\b|\b(?:ext|extn)\b|\bextend\w*"
    ),
    # A report of what came of something.
    "TELLS": (
        r"\b(?:finished|done|complete|completed|got|came (?:back|out|in)|ran|converged|converges|landed|reached|passe[sd]|fail(?:s|ed)|dropped|improved|"
        r"trained|retrain\w*|kick(?:s|ed) off|evaluated|measured|merged|fixed|launched|started|is (?:at|up|down|now|around|back)|are (?:in|back|up|down)|"
        r"sits|sitting|stands at|jumped|went (?:up|down|from)|beats?|wins|lost|rerun|re-ran|gained|regressed|plateaued|diverged|crashed at|"
        r"durchgelaufen|fertig|gemessen|liegt|erreicht|gestiegen|gefallen|trainiert|results? (?:is|are|in)|arrived (?:to|at)|in progress|halfway|at \d)\b|"
        r"^(?:\w+[ -]{0,2})?\d+\s?[:=]\s|[+-]\s?\d+(?:[.,]\d+)?\s?(?:pt|pts|pp|%|points?)"
    ),
    "PRAISE": (
        r"\b(?:lifesaver|life saver|saved (?:me|us|my|the)|appreciat\w*|(?:made|make) my (?:day|week)|goated|owe you (?:one|a)|"
        r"(?:you(?:'re|re| are)?|ur|u r) (?:\w+ )?(?:a|an|the|so|really|very)? ?(?:best|star|gem|hero|legend|angel|goat|lifesaver|genius|treasure|wizard|magic|helpful|kind|star)|"
        r"(?:exactly|just) what i (?:needed|wanted)|(?:good|great|nice|solid|excellent) (?:work|stuff|job|one|bot|answer)|w bot|love (?:it|this|you)|"
        r"grateful|obliged|ta|cheers mate|bless you|vielen dank|danke)\b"
    ),
    "WISHES": r"^\W*(?:happy|good|gute[nrs]?|schöne[nrs]?|merry|bonne?|buen\w*|guten?) (?:\w+day|new year|weekend|morning|afternoon|evening|day|start|tag|morgen|abend|woche|wochenende|jour|journée|soir\w*|dia)\b|"
    r"^\W*(?:hi+|he+y+|hello+|yo+|sup|salut|coucou|g'?day|greetings|howdy|hola|ola|namaste|konnichiwa|ahoy|oi|evening|morning|afternoon|morgen|mahlzeit|servus|grüezi|privet|salve)\b",
    # Nobody will be here, or somebody is again.
    "GONE": (
        r"\b(?:unreachable|unavailable|not (?:reachable|available|in|here|around|working (?:on |this |next )?(?:today|tomorrow|\w+day|week|mon|tue|wed|thu|fri))|won't be (?:here|in|around|online|working|available|able to)|afk|signing off|"
        r"out (?:of (?:the )?(?:office|town|country)|sick|today|tomorrow|on|from|until|till|next|this|all|the rest)|gone (?:on|until|till|from|for|fishing)|"
        r"(?:on|my|our|take|taking|start\w*|having|have|for) (?:a |an |the |some |my )?(?:\w+ )?(?:vacations?|leave|pto|holidays?|day off|time off|sabbatical|sick leave|sick day)|"
        r"off (?:on|from|until|till|today|tomorrow|next|this|the|for|sick|all|mon|tue|wed|thu|fri|\d)|bin (?:\w+ )?(?:weg|raus|krank|im urlaub|nicht da|nicht erreichbar|unterwegs)|"
        r"(?:can't|cannot|won't) (?:make it|come in|work|join|attend)|calling in|staying home|bedridden|under the weather|"
        r"parental leave|maternity leave|paternity leave|jury duty)\b"
    ),
    "RETURNED": (
        r"\b(?:returned?|returning|returns|landed|recovered) (?:from|of|to (?:my |the )?(?:work|duty|duties|office|desk|post))|\bno longer (?:ooo|away|out|off|sick|ill|on)\b|"
        r"\b(?:back|zurück|wieder)\b.{0,15}\b(?:from|online|at (?:work|it|my|the)|in (?:the )?(?:office|action|business|saddle)|on (?:duty|deck|the grid)|again|da|hier|aus|im|vom)\b|"
        r"\b(?:resume|restart|unpause|reactivate|un-?mute|start) (?:\w+ )?(?:pestering|pinging|asking (?:me|questions)|my|sending|bugging|nagging|standups?|reminders?)|"
        r"\b(?:here|working|available|around|reachable|online|healthy|alive|at work|in the office|at my desk|at it) again\b|\b(?:i'm|im|i am|am|guess who'?s?(?: is)?) (?:\w+ )?back\b|\bfeeling better\b|"
        r"\b(?:vacations?|holidays?|leave|pto|urlaub|ferien|trip) (?:is |are )?(?:over|done|finished|vorbei|zu ende|ended)\b|\bin again\b|\bagain (?:at (?:work|my desk)|here|in the office|online|available|on duty)\b|\bresumed? (?:\w+ )?(?:dut(?:y|ies)|work)\b|"
        r"^back\W*$|^re$|\breporting for duty\b|\bback back\b|\bwieder (?:da|zurück|fit|gesund|hier|im|am|an|online|erreichbar)\b"
    ),
    "BACKFIRST": (
        r"^\W*(?:(?:hi|hey|hello|hallo|moin|ok|so|and|well|assay|good|morning|right|phew|guess who\W?s?)\W+)*(?:back|returned|no longer|resume|here again|wieder|zurück|home|(?:my )?(?:vacation|holidays?|leave|urlaub) (?:is |are )?(?:over|done|vorbei))\b|"
        r"\bguess who|\b(?:my|me)\b.{0,15}\b(?:standups?|again)\b|\b(?:returns|resume)\b.*\bme\b"
    ),
    "THIRD": (
        r"\b(?!(?:i|who|im|am|that|it|here|me)\b)\w+ (?:is|are|was|were|comes|came|has) (?:\w+ )?(?:back|returned|zurück|online)\b|"
        r"\b(?:cluster|servers?|gpus?|nodes?|results?|he|she|they|we)\b.{0,20}\b(?:back|online|again|away|off|out)\b"
    ),
    # Work stands still, said rather than asked.
    "STUCK": (
        r"\bnothing (?:moves|works|runs|happens|is moving|is working)|\bno (?:\w+ )?(?:gpus?|data|labels?|access|machines?|capacity|quota|nodes?|slots?|permissions?|credentials|progress)\b|"
        r"\b(?:stuck|starved|starving|stranded|deadlock\w*|permission denied|out of (?:quota|memory|disk|space|gpus?)|can't (?:proceed|continue|start|train|access|get|reach)|"
        r"cannot (?:proceed|continue|start|train|access|get|reach)|(?:is|are|went|keeps?) (?:still )?(?:down|dead|broken|crashing|failing|oom\w*)|steck\w* fest|fest(?:steck|häng)\w*|nicht weiter|wait(?:ing)? (?:on|for))\b"
    ),
    # An absence that is over, or a wish that is denied as a whole.
    "BEENAWAY": r"\b(?:was|been|were|while|since|war|gewesen)\b.{0,15}\b(?:away|out|off|gone|weg|ooo|vacation|holiday|leave|urlaub)\b|\bmiss(?:ed)? (?:much|anything|something)\b",
    "FORBIDS": r"^\W*(?:please |bitte |no,? )*(?:do not|don't|dont|never|nicht|kein\w*)\b|\b(?:do not|don't|dont|shouldn't|must not|no need to|keine?n?) (?:give|extend|grant|push|let|verläng\w*|promote|kill|ship)\b",
    "YOUDO": r"\b(?:what|which|things?|how)\b.{0,25}\byou (?:know|can|are able|do|offer|support|capable|good for|help|assist)\b|\b(?:use|talk to|work with|operate) you\b",
    "RIGHTLY": (
        r"\bget\w* (?:it |them |things )?(?:right|wrong)|\bany good\b|\bwhat (?:%|percent\w*|share|fraction|proportion)|\bhow (?:wrong|right|precise|accurate|exact|often (?:is it|does it|do we))\b"
    ),
    # Not the absence or return of who writes, or not for sure: never done without a press.
    "NOTOWN": (
        r"\b(?!(?:i|who|that|it|there|here|this|what|me|leave|vacation|holiday|urlaub|standups?)\b)[^\W\d_]+(?:'s| is| are| was| were| will be| won't be| has been| ist| sind) (?:\w+ ){0,2}"
        r"(?:away|off|out|on (?:leave|vacation|pto|holidays?)|in|sick|ill|ooo|back|working again|here again|online|krank|im urlaub|weg|zurück|wieder)\b|"
        r"\b(?:not|don't|dont|never|nicht)\b.{0,25}\b(?:sick|ill|away|off|ooo|on leave|vacation|krank|weg|urlaub|back|returned|zurück|until|before)\b|\b(?:sick|tired|ill) of\b|"
        r"\b(?:before|if|when|unless|in case|bevor|falls|wenn|vielleicht|maybe|perhaps|might)\b|\bi was\b|\byesterday\b|\bgestern\b|\bwelcome\b|"
        r"\b(?:tak\w*|put\w*) (?:it|exp\S*|the \w+|#?\d+) .{0,10}off\w*\b"
    ),
    # Somebody's own opinion, which a question mark does not make a question.
    "SUGGESTS": r"\b(?:i (?:\w+ )?(?:think|believe|suggest|propose|recommend|say|want|vote)|i'd (?:say|like|suggest|vote)|imo|imho|let'?s|we (?:agreed|decided)|please|pls|agree[sd]?)\b",
    "LATEST": r"\b(?:latest|current\w*|now|today|present\w*|newest|aktuell\w*|most recent|these days)\b",
    "LOGS": r"\b(?:add|enter|put|log|submit|report|record|note|eintragen|melden)\b.{0,20}\b(?:results?|numbers?|scores?|figures?|metrics?|progress|outcome|ergebnis\w*)\b",
    "LATERON": (
        r"\b(?:will|i'll|shall|be|get|getting|come|coming|going|until|till) (?:\w+ )?back\b|\bwhen\b|"
        r"\bback (?:(?:on|in|by|at|from) )?(?:the )?(?:\d|tomorrow|later|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri)\b|a \w+|january|february|march|april|may|june|july|"
        r"august|september|october|november|december|end of|soon|montag|dienstag|mittwoch|donnerstag|freitag|morgen)"
    ),
    "STARTSWHEN": r"^\W*(?:(?:so|and|ok|hey|hi|und|also) )*(?:when|wann)\b",
    "ASKSWHEN": r"\b(?:when|how long|how much longer|how many|wann|what date|which date|what time|eta)\b",
    # How it goes with all of it.
    "FARES": (
        rf"\bhow (?:is|are|s|does|do|has|have|did|well|far|bad)?\b.{{0,25}}\b{_US}\b.{{0,25}}\b(?:go\w*|get\w* (?:on|along)|advanc\w*|progress\w*|com\w* along|far|doing|do|stand\w*|look\w*|shap\w*|far\w*|hold\w* up|track\w*)\b|"
        rf"\bhow(?:'s|s| is| are)?\b.{{0,15}}\b(?:go\w*|get\w* on|look\w*|progress\w*)\b.{{0,15}}\b(?:overall|project|team|generally|general|so far|all|everything|things)\b|"
        r"\b(?:where|how) (?:do|are|is) (?:we|things|everything|the project) (?:\w+ )?(?:stand\w*|at|now|up)\b|\bwhere (?:are|do) we\b|"
        r"\b(?:are|r|is|we|it|project) (?:\w+ )?(?:cooked|doomed|fine|okay|safe|screwed|toast|in trouble|in good shape|on fire|healthy|winning|losing|green|amber|red)\b|"
        r"\b(?:still|even|is .{1,30}) (?:realistic|feasible|doable|achievable|on the cards|in play|holding)\b|\brag\b|\bambel\b|\bvibe ?check\b|\b(?:progress|status|situation|health) (?:report|check|update|overview)\b|"
        r"\b(?:sitrep|state of (?:play|affairs|things|the (?:union|project|nation))|temperature check|in a nutshell|two sentences|executive summary)\b|"
        r"\bhow(?:'?s| is| are)? (?:the |our |my |this )?(?:project|team|sprint|programme|program|things|quarter|everything)\W*$|"
        r"\b(?:everything|all|things|we|project) (?:\w+ )?(?:proceeding|in order|under control|according to plan|to plan|as planned|satisfactor\w*)\b|\bwhere we (?:are|stand)\b|"
        r"\bwie (?:läuft|laeuft|steht|stehen|geht|sieht|kommen|kommt|weit)\b.{0,20}\b(?:es|wir|das|projekt|team|alles|aus|voran|so)\b"
    ),
    "THEIRS": (
        rf"\b{_FOLK}\b.{{0,25}}\b(?:up to|working|work|works|doing|busy|cooking|on what|on with|tackling|arbeit\w*|mach\w*|dran|beschäftigt)\b|"
        r"\bwho(?:'s|s| is| are)? (?:\w+ )?(?:on|doing|working|running|busy|got|does|has) (?:what|which)\b|\bwer (?:\w+ )*(?:woran|was|macht|arbeitet)\b|"
        r"\b(?:everyone|everybody|folks|people|the team) on\W*$|\bsprint (?:overview|board|plan|state|status|view)\b|\bwhat (?:is |are )?(?:everyone|everybody|people|folks) on\b|"
        r"\ball (?:the |of the )?(?:active|open|running|ongoing|current|live) (?:experiments?|exps?|tickets|runs|work)\b|"
        r"\b(?:the|our|whole|entire|current|sprint|team'?s?) (?:\w+ )?(?:plan for the sprint|in.?flight work|lineup|line-up|backlog)\b|\bin flight\b|"
        r"\bwhat(?:'s|s| is| are)? (?:\w+ )?(?:in flight|running|cooking|active|in the pipeline|under way|underway|the team doing|on the go)\b"
    ),
    "YOURS": (
        r"\b(?:assigned|belong\w*|allocated|zugewiesen) (?:to )?(?:me|mir)\b|\b(?:habe|hab|muss|soll|mache) ich\b.{0,25}\b(?:offen|machen|tun|dran|laufen|am laufen|zu tun)?|"
        r"\b(?:have|has|got|with|under|put) my name\b|\bam i (?:\w+ )*(?:doing|working|running|on|responsible|owning|supposed|assigned|the owner|juggling|on the hook)\b|"
        r"\b(?:my|meine[rn]?) (?:\w+ ){0,2}(?:things|stuff|experiments?|exps?|tickets?|work|tasks|plate|queue|list|todos?|to-dos?|items|load|runs|aufgaben|experimente|sachen|assignments?|responsibilities)\b|"
        r"\bi (?:\w+ )?(?:sign(?:ed)? up|commit(?:ted)?|volunteer(?:ed)?)\b|\bowner\W{1,4}(?:is )?me\b|\b(?:do|did) i (?:\w+ )?(?:have|own|run|commit|sign up)\b|"
        r"\b(?:i|ich) (?:\w+ )?(?:own|owns|(?:am |bin )?(?:in charge|accountable|responsible|verantwortlich|supposed to|on the hook))\b|\b(?:mine|meins)\b"
    ),
    "KNOWN": (
        r"\b(?:do we know|know now|know today|known now|wiser|smarter|cleverer|conclu\w*|insights?|lessons?|findings?|takeaways?|learn\w*|learnt|gelernt|erkenntnis\w*|"
        r"discover\w*|found out|figured out|turned out|teach\w*|taught|moral of|aha|eureka|surpris\w*|evidence so far|new knowledge)\b"
    ),
    # Not of our world; and what a program printed.
    "ELSEWHERE": (
        r"\b(?:part(?:y|ies)|christmas|xmas|drains?|leak\w*|coffee|tea|lunch|dinner|breakfast|pizza|restaurants?|(?:to|we) eat|food|snacks?|weather|wetter|regen|wifi|wi-fi|wlan|"
        r"passwords?|passwort|salary|gehalt|bonus|raise|payroll|print\w*|printer|drucker|floors?|kitchen|küche|fridge|football|fußball|match tonight|movies?|films?|netflix|songs?|music|"
        r"jokes?|witz\w*|poems?|gedicht|haiku|recipes?|rezept|dogs?|cats?|katze|hund|kids?|birthday|geburtstag|taxi|flights?|hotels?|train to|elevators?|parking|parkplatz|plumb\w*|"
        r"lawyers?|legal|indemnity|contracts?|vendors?|press release|bitcoin|stocks?|election|president|meaning of life|marry|girlfriend|boyfriend|wife|husband|mom|concert|beers?|bier|"
        r"pint|pub|gym|horoscope|lottery|taxes|insurance|badge|vpn|laptop|monitor|chairs?|air ?con\w*|heating|heizung|office party|vacation days|days (?:of \w+ )?(?:do i have )?left|urlaubstage|"
        r"translate|übersetz\w*|capital of|linkedin|resume for|cv|interview|invoice \d|purchase order|expense report|reimburs\w*|meeting room|projector|pagerduty|jira board|servers? room|"
        r"cake|kuchen|guitar|game last|super ?bowl|world cup|holiday party|team event|offsite|gift|sandwich|bathroom|toilet|papers? you|attention (?:really )?(?:is )?all|good place|gossip|"
        r"desk lamp|stationery|fax|typewriter|secretary|quarterly tax|audit|procurement|hr|recruit\w*|hiring|hire|fire the|phone|cafeteria|canteen|kantine|mittag\w*|essen|drink\w*)\b|"
        r"\b(?:are|r) you (?:so|always|married|real|sentient|single|hungry|tired|drunk)\b|\bdo you (?:like|feel|sleep|dream|love|ever|believe|know any)\b|\bhave feelings\b|"
        r"\bstop (?:talking|spamming|messaging|it|that|shouting)\b|\b(?:you|your) (?:name|mom|mother|favou?rite)\b|\b(?:share price|eur|usd|exchange rate|iphone|kid's|kids|daughter|sons?|board meeting|build is|how many people|on call|retro|airport|keyboard|business cards|chicken|my pr|pull request|sky|python|eiffel|jfk|kernel|linux)\b"
    ),
    "MACHINE": (
        r"\b(?:s3|gs|https?|ssh|file|hdfs)://|^\[\w+\] |\d{4}-\d\d-\d\dt\d|\s--\w+|\b(?:git|kubectl|sudo|docker|pip|conda|helm|terraform|curl|grep|ssh|chmod|sbatch|srun) \S|"
        r"\b(?:drop|alter|create|truncate) table\b|\bselect .{1,60} from\b|\binsert into\b|\btraceback\b|\b\w{3,}(?:error|exception):|\bstep \d+ \w+=|\b\w+=\S+ \w+=\S+ \w+=|\b(?:error|warn|info|debug|fatal)\b[ :\]].{0,20}\b\w+:|"
        r"\b(?:def|class|import|return|assert) \w+\(|^\$ |\w+\.(?:py|sh|yaml|json|safetensors|parquet|csv)\b.*[:/]|^(?:select|curl|cd|ls|cat|rm|mv) [-/.*\w]+$"
    ),
}  # fmt: skip
CLAUSES = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}
