"""How each thing is typically asked for: what a sentence that no rule takes is compared with."""

_SAID = {
    "card": (
        "what's the deal with this experiment | owner metric deadline of it | remind me what number this was about | "
        "experiment details | was ist eigentlich mit dem experiment | could i trouble you for a summary of it | how is this one doing | "
        "show me the ticket | open the card | where is this one at | pull up the hypothesis | is it alive | tell me about this experiment | "
        "zeig mir das experiment | who is the owner of it | what is this one testing"
    ),
    "mine": (
        "which ones are on me | my tickets | what's my workload looking like | anything i should be doing right now | "
        "on which experiments am i responsible | woran arbeite ich gerade | list my open things | what do i have running | what am i on the hook for | "
        "my stuff | what did i sign up for | which experiments carry my name | was muss ich machen | meine experimente | what's assigned to me | "
        "remind me what i own | what is left for me to do | my experiments please | i forgot what i was doing"
    ),
    "board": (
        "who does what at present | present the list of all running trials | current sprint overview | what are people cooking | zeig mir das board | "
        "what's everyone on today | what is in flight | what is the team working on | everything that is running | show all experiments | "
        "wer macht was | what are the others doing | all open experiments | what's in progress | list of active experiments | overview of the work | who is on what"
    ),
    "status": (
        "are we winning | give me the tldr for the exec meeting | how's the project | wie läuft das projekt | is everything proceeding satisfactorily | "
        "one liner on where we are | are we going to make it | how are we doing | are we on track | summary please | big picture | state of play | "
        "how bad is it | should i worry | what do i tell the board of directors | is it going well | kurzer überblick bitte | where do things stand | "
        "progress report | health of the project | give me good news | any concerns | are we in trouble"
    ),
    "why_late": (
        "why so slow | what is the justification for the delay | who dropped the ball on the schedule | why did the date move again | "
        "we were supposed to be done last week what happened | wieso dauert das so lange | are we late | why is everything so slow | what slipped | "
        "what is the hold up | reason for the slip | why are we behind | what is driving the delay | explain the delay | was hält uns auf | "
        "how did we lose two weeks | why is it not finished | who is responsible for the delay"
    ),
    "when": (
        "delivery date | when may we expect completion | wann sind wir fertig | when's the grand finale | eta | what's the forecast for hitting the target | "
        "how long until we are done | when do we ship | honest take on the deadline | how many sprints are left | what date should i promise | "
        "will it be ready by christmas | when does it reach the goal | ready yet | how much longer | wie lange noch | projected finish | "
        "is the end of the month realistic | can i tell the customer next week"
    ),
    "accuracy": (
        "model score | current recall number | how often does it get it wrong | at what level is the metric today | how accurate are we right now | "
        "how good is the model | what's our best score | latest eval numbers | error rate | wie genau ist das modell | how reliable is it | "
        "what f1 are we at | numbers on the test set | does it work well | what percentage is right | are we better than the baseline | how far from the target metric"
    ),
    "add": (
        "can we squeeze voice in | customer wants single sign on too doable | if we include dutch how much later do we ship | is there headroom for one more language | "
        "was würde es kosten noch spanisch dazuzunehmen | could we also support video | what would adding a feature cost | room for one more | "
        "what if we add another model | sales wants this as well | could the team take on more | can you do it also for | impact of extra scope | noch etwas aufnehmen"
    ),
    "blocked": (
        "who is stuck | blockers | what's in the way right now | any open impediments | gibt es blocker | which people are not able to advance | "
        "what are the roadblocks | is anyone stuck | what is holding people up | who needs help | what is waiting on ops | anybody blocked | "
        "where are we stuck | what stands still | list of blockers | wer hängt fest | what can i unblock | who needs something from me"
    ),
    "history": (
        "what got killed in march | kills last month | which experiments did not survive the quarter | what did we throw out this sprint | "
        "was haben wir letzten monat abgebrochen | what shipped last week | which ideas made it into production this year | list of promotions since january | "
        "any wins this month | what have we learned lately | key learnings of the quarter | which lessons came from the last sprint | anything interesting we found out last week | "
        "was haben wir diesen monat gelernt | what failed | what worked | what did we find | what do we know now | top insights | "
        "what was decided | what went live | which bets paid off | dead experiments | results of the quarter | what did that teach us | what was concluded"
    ),
    "spent": (
        "compute bill this month | how much gpu time did we use last week | gpu burn | what's our cloud spend to date against budget | "
        "wie viele gpu stunden haben wir verbraucht | compute costs | how expensive was it | what did it cost | budget left | money this month | "
        "what did we pay for training | who used the most gpu | gpu hours by experiment | are we over budget | was hat das gekostet | burn rate"
    ),
    "decisions": (
        "what needs my decision | anything i need to approve | which decisions are outstanding | what's on my plate to sign off | muss ich was entscheiden | "
        "anything waiting on my approval | what do you need from me | is anyone waiting for me | what are people waiting for me to decide | ready for a verdict | "
        "which experiments have results but no decision | pending approvals | am i holding anybody up | what can i sign | open decisions | what should we kill or promote | what requires my attention"
    ),
    "kill": (
        "stop this experiment | kill it please it is dead | please put it out of its misery | it is going nowhere end it | i have decided to stop the experiment | "
        "let's shelve it | close it please we are done with it | pull the plug | not worth continuing | terminate | drop it | bitte abbrechen bringt nichts | "
        "we are not going on with it | give up on this one | no more money on this one"
    ),
    "promote": (
        "ship it | it passed everything make it official | please move it into production | good to go live do it | bitte in produktion bringen | "
        "you have my go-ahead | looks ready for prime time | promote it | i approve it | roll it out to everyone | it deserves production | gate is green let's go | this one is a winner take it live"
    ),
    "extend": (
        "give it another week | it needs more days | can it have until friday | kindly grant a prolongation of ten days | push it out a week | "
        "could it run till monday | needs more time | let it run a bit longer | move its deadline | not finished by friday need longer | bitte verlängern | "
        "braucht noch eine woche | change the end date | bump the time box | keep it going for two more weeks"
    ),
    "update": (
        "result for the experiment on the holdout | it finally finished loss down | it is trained accuracy percent | recall went up | run finished | "
        "here are the numbers | scores are in | training is done | report a result | log a result | dedup finished retraining starts | eval came back | "
        "got the results they are meh | ergebnis eintragen | just measured it | half a point better than baseline | it converged"
    ),
    "new": (
        "new experiment | i'd like to propose an experiment on data augmentation | let's try dropout on the encoder make a ticket | neues experiment labels bereinigen | "
        "spin up a new experiment for distillation | got a new hypothesis to file | i have an idea | open a ticket | create an experiment | register a trial | "
        "want to test whether it helps | does it beat the baseline if we try | put this idea down | start something new"
    ),
    "blocker": (
        "i am stuck | no gpus free nothing moves | ich stecke fest | cannot continue without access | waiting for the labels | the cluster is down | "
        "my run keeps crashing | i need somebody to give me permission | i can't proceed | quota is exhausted | something stops me | komme nicht weiter | data has not arrived"
    ),
    "away": (
        "ooo until thursday | i'm sick today | i will be absent tomorrow | bin bis freitag im urlaub | won't be in on monday | taking the rest of the week off | "
        "taking friday off | on leave next week | i shall be unreachable | don't expect me tomorrow | skip my standups | i won't work tomorrow | bin krank | "
        "i'm away from monday | parental leave | dentist tomorrow | back in two weeks | no standups for me this week"
    ),
    "back": (
        "i'm back | i have come back from my vacation | ich bin zurück | i'm at work again | back in the office | back online | returned from leave | "
        "no longer out of office | resume my standups | i'm here again | feeling better and working again | i'm available again | holiday is over"
    ),
    "help": (
        "what can you do | how does one use this | commands | was kannst du | lost what do i type | how do i log a result | explain yourself | help | "
        "how does this work | what can i ask you | instructions please | i don't understand you | is there a manual | what are you for | cheat sheet | how do i start"
    ),
    "thanks": (
        "cheers | merci beaucoup | super danke dir | you are the best | much obliged | thanks | you're a lifesaver | perfect that's what i needed | "
        "great job | appreciate it | very kind of you | good bot | awesome | that helped a lot | sehr nett"
    ),
}  # fmt: skip
TYPICAL = [(text, intent) for intent, said in _SAID.items() for text in said.split(" | ")]
