"""Turns of phrase about people, their absence and us, and about what is none of ours."""

import re

_PATTERNS = {
    # Thanks and greetings.
    "PRAISE": (
        r"\b(?:lifesaver|life saver|saved (?:me|us|my|the)|appreciat\w*|(?:made|make) my (?:day|"
        r"week)|goated|owe you (?:one|a)|(?:you(?:'re|re| are)?|ur|u r) (?:\w+ )?(?:a|an|the|so|"
        r"really|very)? ?(?:best|star|gem|hero|legend|angel|goat|lifesaver|genius|treasure|"
        r"wizard|magic|helpful|kind|star)|(?:exactly|just) what i (?:needed|wanted)|(?:good|"
        r"great|nice|solid|excellent) (?:work|stuff|job|one|bot|answer)|w bot|love (?:it|this|"
        r"you)|grateful|obliged|ta|cheers mate|bless you|vielen dank|danke)\b"
    ),
    "WISHES": (
        r"^\W*(?:happy|good|gute[nrs]?|schöne[nrs]?|merry|bonne?|buen\w*|guten?) (?:\w+day|"
        r"new year|weekend|morning|afternoon|evening|day|start|tag|morgen|abend|woche|"
        r"wochenende|jour|journée|soir\w*|dia)\b|^\W*(?:hi+|he+y+|hello+|yo+|sup|salut|coucou|"
        r"g'?day|greetings|howdy|hola|ola|namaste|konnichiwa|ahoy|oi|evening|morning|afternoon|"
        r"morgen|mahlzeit|servus|grüezi|privet|salve|bom dia|boa (?:tarde|noite)|buongiorno|"
        r"ohay\w*|otsukare\w*)\b"
    ),
    "HOWAREYOU": (
        r"^(?:(?:hi+|hey|hello|hallo|oi|olá|ola|hola|ciao|salut|g'?day|yo|good \w+)\W+)?(?:tudo "
        r"(?:bem|bom)|qu[eé] tal|c?ça va|come va|como est[aá]s?|comment ça va|how are (?:you|ya)|"
        r"how's it|how ya going|how are you going|wie geht'?s(?: dir)?|alles gut)(?: today| mate|"
        r" buddy| assay)?\W*$"
    ),
    "YOUDO": (
        r"\b(?:what|which|things?|how)\b.{0,25}\byou (?:know|can|are able|do|offer|support|"
        r"capable|good for|help|assist)\b|\bwhat (?:can|could|may|should|do) i (?:\w+ )?(?:ask|"
        r"type|"
        r"say|write)\b|\bthings? (?:can|could|may|should) i ask\b|\b(?:use|talk to|work with|"
        r"operate) you\b"
    ),
    # Who works on what.
    "THEIRS": (
        r"\b(?:team|group|department|lads|gang|folks|people|everyone|everybody|others?|"
        r"colleagues|guys|crew|who|whos|rest|squad|anyone|anybody|each (?:person|one|member)|"
        r"leute|kollegen|alle|wer|jeder)\b.{0,25}\b(?:up to|working|work|works|doing|busy|"
        r"cooking|on what|on with|tackling|arbeit\w*|mach\w*|dran|beschäftigt)\b|\bwho(?:'s|s|"
        r" is| are)? (?:\w+ )?(?:on|doing|working|running|busy|got|does|has) (?:what|which)\b|"
        r"\bwer (?:\w{1,30} ){0,4}(?:woran|was|macht|arbeitet)\b|\b(?:everyone|everybody|folks|"
        r"people|"
        r"the team) on\W*$|\bsprint (?:overview|board|plan|state|status|view)\b|\bwhat (?:is |"
        r"are )?(?:everyone|everybody|people|folks) on\b|\ball (?:the |of the )?(?:active|open|"
        r"running|ongoing|current|live) (?:experiments?|exps?|tickets|runs|work)\b|\b(?:the|our|"
        r"whole|entire|current|sprint|team'?s?) (?:\w+ )?(?:plan for the sprint|in.?flight work|"
        r"lineup|line-up|backlog)\b|\bin flight\b|\bwhat(?:'s|s| is|"
        r" are)? (?:\w+ )?(?:in flight|running|cooking|active|in the pipeline|under way|"
        r"underway|the team doing|on the go)\b"
    ),
    "YOURS": (
        r"\b(?:assigned|belong\w*|allocated|zugewiesen) (?:to )?(?:me|mir)\b|\b(?:habe|hab|muss|"
        r"soll|mache) ich\b.{0,25}\b(?:offen|machen|tun|dran|laufen|am laufen|zu tun)?|"
        r"\b(?:have|has|got|with|under|put) my name\b|\bam i (?:\w{1,30} ){0,4}(?:doing|working|"
        r"running|"
        r"on|responsible|owning|supposed|assigned|the owner|juggling|on the hook)\b|\b(?:my|"
        r"meine[rn]?) (?:\w+ ){0,2}(?:things|stuff|experiments?|exps?|tickets?|work|tasks|plate|"
        r"queue|list|todos?|to-dos?|items|load|runs|aufgaben|experimente|sachen|assignments?|"
        r"responsibilities)\b|\bi (?:\w+ )?(?:sign(?:ed)? up|commit(?:ted)?|volunteer(?:ed)?)\b|"
        r"\bowner\W{1,4}(?:is )?me\b|\b(?:what(?:'?s| is)?|anything|something|stuff)(?: is|"
        r" still| "
        r"left)? on me\b|\bi have (?:how many|which|any|what)\b|\bi (?:need|have|ought) to (?:do|"
        r"deal with|handle|tackle|focus on)\b|\bhave i got\b|\b(?:do|did) i (?:\w+ )?(?:have|own|"
        r"run|commit|sign up)\b|"
        r"\b(?:i|ich) (?:\w+ )?(?:own|owns|(?:am |bin )?(?:in charge|accountable|responsible|"
        r"verantwortlich|supposed to|on the hook))\b|(?<!just )(?<!only )(?<!not )\b(?:mine|"
        r"meins)\b"
    ),
    # An absence, and the return from it.
    "GONE": (
        r"\b(?:unreachable|unavailable|not (?:reachable|available|in|here|around|working (?:on |"
        r"this |next )?(?:today|tomorrow|\w+day|week|mon|tue|wed|thu|fri))|won't be (?:here|in|"
        r"around|online|working|available|able to)|afk|signing off|out (?:of (?:the )?(?:office|"
        r"town|country)|sick|today|tomorrow|on|from|until|till|next|this|all|the rest)|"
        r"gone (?:on|until|till|from|for|fishing)|(?:on|my|our|take|taking|start\w*|having|have|"
        r"for) (?:a |an |the |some |my )?(?:\w+ )?(?:vacations?|leave|pto|holidays?|day off|"
        r"time off|sabbatical|sick leave|sick day)|off (?:on|from|until|till|today|tomorrow|"
        r"next|this|the|for|sick|all|mon|tue|wed|thu|fri|\d)|bin (?:\w+ )?(?:weg|raus|krank|"
        r"im urlaub|nicht da|nicht erreichbar|unterwegs)|(?:can't|cannot|won't|"
        r"will not) (?:make it|"
        r"come in|join|attend)|(?:i (?:\w+ )?|^)(?:can't|cannot|won't|"
        r"will not) work(?! on (?!\w+day|mon\b|"
        r"tue|wed|thu|fri)| with| like| without)|calling in|staying home|bedridden|"
        r"under the weather|"
        r"parental leave|maternity leave|paternity leave|jury duty)\b"
    ),
    "BEENAWAY": (
        r"\b(?:was|been|were|while|since|war|gewesen)\b.{0,15}\b(?:away|out|off|gone|weg|ooo|"
        r"vacation|holiday|leave|urlaub)\b|\bmiss(?:ed)? (?:much|anything|something)\b"
    ),
    "RETURNED": (
        r"\b(?:returned?|returning|returns|landed|recovered) (?:from|of|to (?:my |the )?(?:work|"
        r"duty|duties|office|desk|post))|\bno longer (?:ooo|away|out|off|sick|ill|on)\b|"
        r"\b(?:back|zurück|wieder)\b.{0,15}\b(?:from|online|at (?:work|it|my|the)|"
        r"in (?:the )?(?:office|action|business|saddle)|on (?:duty|deck|the grid)|again|da|hier|"
        r"aus|im|vom)\b|\b(?:resume|restart|unpause|reactivate|un-?mute|"
        r"start) (?:\w+ )?(?:pestering|pinging|asking (?:me|questions)|my|sending|bugging|"
        r"nagging|standups?|reminders?)|\b(?:here|working|available|around|reachable|online|"
        r"healthy|alive|at work|in the office|at my desk|at it) again\b|\b(?:i'm|im|i am|am|"
        r"guess who'?s?(?: is)?) (?:\w+ )?back\b|\bfeeling better\b|\b(?:vacations?|holidays?|"
        r"leave|pto|urlaub|ferien|trip) (?:is |are )?(?:over|done|finished|vorbei|zu ende|"
        r"ended)\b|\bin again\b|\bagain (?:at (?:work|my desk)|here|in the office|online|"
        r"available|on duty)\b|\bresumed? (?:\w+ )?(?:dut(?:y|ies)|work)\b|^back\W*$|^re$|"
        r"\breporting for duty\b|\bback back\b|\bwieder (?:da|zurück|fit|gesund|hier|im|am|an|"
        r"online|erreichbar)\b"
    ),
    "BACKFIRST": (
        r"^\W*(?:(?:hi|hey|hello|hallo|moin|ok|so|and|well|assay|good|morning|right|phew|"
        r"guess who\W?s?)\W+)*(?:back|returned|no longer|resume|here again|wieder|zurück|home|"
        r"(?:my )?(?:vacation|holidays?|leave|urlaub) (?:is |are )?(?:over|done|vorbei))\b|"
        r"\bguess who|\b(?:my|me)\b.{0,15}\b(?:standups?|again)\b|\b(?:returns|"
        r"resume)\b.{0,60}\bme\b"
    ),
    "LATERON": (
        r"\b(?:will|i'll|shall|be|get|getting|come|coming|going|until|till) (?:\w+ )?back\b|"
        r"\bwhen\b|\bback (?:(?:on|in|by|at|from) )?(?:the )?(?:\d|tomorrow|later|next|(?:mon|"
        r"tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri)\b|a \w+|january|february|"
        r"march|april|may|june|july|august|september|october|november|december|end of|soon|"
        r"montag|dienstag|mittwoch|donnerstag|freitag|morgen)"
    ),
    "THIRD": (
        r"\b(?!(?:i|who|im|am|that|it|here|me)\b)\w+ (?:is|are|was|were|comes|came|"
        r"has) (?:\w+ )?(?:back|returned|zurück|online)\b|\b(?:cluster|servers?|gpus?|nodes?|"
        r"results?|he|she|they|we)\b.{0,20}\b(?:back|online|again|away|off|out)\b"
    ),
    # Not the absence or return of who writes, or not for sure: never done without a press.
    "NOTOWN": (
        r"\b(?!(?:i|who|that|it|there|here|this|what|me|leave|vacation|holiday|urlaub|"
        r"standups?)\b)[^\W\d_]+(?:'s| is| are| was| were| will be| won't be| has been| ist|"
        r" sind) (?:\w+ ){0,2}(?:away|off|out|on (?:leave|vacation|pto|holidays?)|in|sick|ill|"
        r"ooo|back|working again|here again|online|krank|im urlaub|weg|zurück|wieder)\b|"
        r"\b(?:not|don't|dont|never|nicht)\b.{0,25}\b(?:sick|ill|away|off|ooo|on leave|vacation|"
        r"krank|weg|urlaub|back|returned|zurück|until|before)\b|\b(?:sick|tired|ill) of\b|"
        r"\b(?:before|if|when|unless|in case|bevor|falls|wenn|vielleicht|maybe|perhaps|might)\b|"
        r"\bi was\b|\byesterday\b|\bgestern\b|\bwelcome\b|\b(?:tak\w*|put\w*) (?:it|exp\S*|"
        r"the \w+|#?\d+) .{0,10}off\w*\b"
    ),
    # What is none of ours, and what a program printed.
    "ELSEWHERE": (
        r"\b(?:part(?:y|ies)|drains?|leak\w*|coffee|tea|"
        r"(?<!by )(?<!before )(?<!since )(?<!after )(?<!until )(?:christmas|xmas|lunch|dinner|"
        r"breakfast)|"
        r"pizza|restaurants?|(?:to|we) eat|food|snacks?|weather|wetter|regen|wifi|wi-fi|wlan|"
        r"passwords?|passwort|salar(?:y|ies)|wages|headcount|website|okta|weddings?|gehalt|bonus|"
        r"raise|payroll|print\w*|printer|drucker|"
        r"floors?|kitchen|küche|fridge|football|fußball|match tonight|movies?|films?|netflix|"
        r"songs?|music|jokes?|witz\w*|poems?|gedicht|haiku|recipes?|rezept|dogs?|cats?|katze|"
        r"hund|kids?|birthday|geburtstag|taxi|flights?|hotels?|train to|elevators?|parking|"
        r"parkplatz|plumb\w*|press release|bitcoin|"
        r"stocks?|election|president|meaning of life|marry|girlfriend|boyfriend|wife|husband|"
        r"mom|concert|beers?|bier|pint|pub|gym|horoscope|lottery|taxes|insurance|badge|vpn|"
        r"laptop|monitor|chairs?|air ?con\w*|heating|heizung|office party|vacation days|"
        r"days (?:of \w+ )?(?:do i have )?left|urlaubstage|translate|übersetz\w*|capital of|"
        r"linkedin|resume for|cv|interview|invoice \d|purchase order|expense report|reimburs\w*|"
        r"meeting room|projector|pagerduty|jira board|servers? room|cake|kuchen|guitar|"
        r"game last|super ?bowl|world cup|holiday party|team event|offsite|gift|sandwich|"
        r"bathroom|toilet|papers? you|attention (?:really )?(?:is )?all|good place|gossip|"
        r"desk lamp|stationery|fax|typewriter|secretary|quarterly tax|the po|"
        r"recruit\w*|hiring|hire|fire the|phone|cafeteria|canteen|kantine|mittag\w*|essen|"
        r"drink\w*)\b|\b(?:are|r) you (?:so|always|married|real|sentient|single|hungry|tired|"
        r"drunk)\b|\bdo you (?:like|feel|sleep|dream|love|ever|believe|know any)\b|"
        r"\bhave feelings\b|\bstop (?:talking|spamming|messaging|it|that|shouting)\b|\b(?:you|"
        r"your) (?:name|mom|mother|favou?rite)\b|\b(?:share price|eur|usd|exchange rate|iphone|"
        r"kid's|kids|daughter|sons?|board meeting|build is|how many people|on call|retro|"
        r"airport|keyboard|business cards|chicken|my pr|pull request|sky|python|eiffel|jfk|"
        r"kernel|linux)\b"
    ),
    # Elsewhere too, but where something waits for them.
    "OFFICES": r"\b(?:lawyers?|legal|indemnity|contracts?|vendors?|audit|procurement|hr)\b",
    "MACHINE": (
        r"\b(?:s3|gs|https?|ssh|file|hdfs)://|^\[\w+\] |\d{4}-\d\d-\d\dt\d|\s--\w+|\b(?:git|"
        r"kubectl|sudo|docker|pip|conda|helm|terraform|curl|grep|ssh|chmod|sbatch|srun) \S|"
        r"\b(?:drop|alter|create|truncate) table\b|\bselect .{1,60} from\b|\binsert into\b|"
        r"\btraceback\b|\b\w{3,}(?:error|exception):|\bstep \d+ \w+=|"
        r"\b\w{1,40}=\S{1,60} \w{1,40}=\S{1,60} \w{1,40}=|"
        r"\b(?:error|warn|info|debug|fatal)\b[ :\]].{0,20}\b\w+:|\b(?:def|class|import|return|"
        r"assert) \w+\(|^\$ |^\W*(?:please )?(?:re)?(?:merge|rebase|revert|review|"
        r"cherry-?pick) #?\d|"
        r"\w\.(?:py|sh|yaml|json|safetensors|parquet|csv)\b.{0,200}[:/]|"
        r"^(?:select|curl|cd|ls|cat|rm|mv) [-/.*\w]+$"
    ),
}  # fmt: skip
PEOPLE = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}
