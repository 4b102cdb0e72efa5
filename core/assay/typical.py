"""How each thing is typically asked for (under "elsewhere": what is none of ours): what a sentence
that no rule takes for sure is compared with.
"""

_SAID = {
    "card": (
        "what's the deal with this experiment | owner metric deadline of it | remind me what number this was about | experiment details | was ist eigentlich "
        "mit dem experiment | could i trouble you for a summary of it | how is this one doing | show me the ticket | open the card | where is this one at | "
        "pull up the hypothesis | is it alive | tell me about this experiment | zeig mir das experiment | who is the owner of it | what is this one testing | "
        "whats the deal with it | experiment owner metric deadline | remind me what experiment was about | was ist eigentlich mit experiment | could i trouble "
        "you for a summary of experiment | how is it doing | it - where does it stand | is experiment still going or was it closed | anything new on it | what "
        "hypothesis are we testing in experiment | link to it please | did the rerun on it change anything | where can i read more on experiment | tell me it's "
        "story | is experiment ours | experiment last update when | wem gehört experiment und was ist der stand | gimme it"
    ),
    "mine": (
        "which ones are on me | my tickets | what's my workload looking like | anything i should be doing right now | on which experiments am i responsible | "
        "woran arbeite ich gerade | list my open things | what do i have running | what am i on the hook for | my stuff | what did i sign up for | which "
        "experiments carry my name | was muss ich machen | meine experimente | what's assigned to me | remind me what i own | what is left for me to do | my "
        "experiments please | i forgot what i was doing | on which experiments i am responsible | what am i juggling | my open experiments please | remind me "
        "what i own lol | was liegt bei mir | anything of mine running | give me a list of what i am in charge of | do i still have anything open | my stuff "
        "pls | which of the running experiments are under my responsibility | what did i commit to this sprint | what do i have on my plate | experiments in my "
        "name | was habe ich gerade offen | which tasks are mine | what am i responsible for | what should i work on | what is assigned to me at the moment"
    ),
    "board": (
        "who does what at present | present the list of all running trials | current sprint overview | what are people cooking | zeig mir das board | what's "
        "everyone on today | what is in flight | what is the team working on | everything that is running | show all experiments | wer macht was | what are the "
        "others doing | all open experiments | what's in progress | list of active experiments | overview of the work | who is on what | kindly present the "
        "list of all running trials | lay of the land who's on what | give me the full list of in-flight experiments | i need to know what the whole group is "
        "doing this sprint | was läuft gerade alles | could you list the ongoing work | what do the others do this week | all exps in one view pls | please "
        "furnish an overview of ongoing experiments | which experiments are currently alive across the team | wer sitzt an was | what's happening in the team | "
        "catch me up on what folks are doing | list all running experiments | what does everybody work on | show me what the team has going | alle laufenden "
        "experimente | team overview"
    ),
    "status": (
        "are we winning | give me the tldr for the exec meeting | how's the project | wie läuft das projekt | is everything proceeding satisfactorily | one "
        "liner on where we are | are we going to make it | how are we doing | are we on track | summary please | big picture | state of play | how bad is it | "
        "should i worry | what do i tell the board of directors | is it going well | kurzer überblick bitte | where do things stand | progress report | health "
        "of the project | give me good news | any concerns | are we in trouble | hows the project | one-liner on where we are | how would you characterise "
        "overall progress | temperature check | is the house on fire | should i be worried about the project | we good | wie steht's | in one line good or bad "
        "| what is your assessment of the overall situation | are things ok | zwischenstand bitte | how healthy is the programme | what do i tell the ceo about "
        "progress | so still on course or shall i prepare my resignation letter | sentiment check | how far along is the project | is it looking good or bad | "
        "give me the short version of how it goes | what's the vibe of the project | wie sieht es aus | how do we stand compared to plan | anything i should "
        "worry about | where's the project at overall | one paragraph status for the steering committee | how is it progressing | wie ist der stand | current "
        "state of things"
    ),
    "why_late": (
        "why so slow | what is the justification for the delay | who dropped the ball on the schedule | why did the date move again | we were supposed to be "
        "done last week what happened | wieso dauert das so lange | are we late | why is everything so slow | what slipped | what is the hold up | reason for "
        "the slip | why are we behind | what is driving the delay | explain the delay | was hält uns auf | how did we lose two weeks | why is it not finished | "
        "who is responsible for the delay | who is to blame for the slippage | why isn't it done yet | what caused the overrun in the timeline | pourquoi we "
        "are in retard | behind again huh why | can you account for the two week delay | we've missed the milestone reason | how come we're not there yet | was "
        "ist der grund für die verzögerung | why are we late | why did we fall behind | the forecast moved what happened"
    ),
    "when": (
        "delivery date | when may we expect completion | wann sind wir fertig | when's the grand finale | eta | what's the forecast for hitting the target | "
        "how long until we are done | when do we ship | honest take on the deadline | how many sprints are left | what date should i promise | will it be ready "
        "by christmas | when does it reach the goal | ready yet | how much longer | wie lange noch | projected finish | is the end of the month realistic | can "
        "i tell the customer next week | so when's the grand finale | what's the forecast for hitting it percent | what is the landing date p50 and p90 | how "
        "far are we from the finish line | do we make it before christmas | when can i tell the customer it's ready | bis wann schaffen wir das | will we hit "
        "the date we promised | expected finish | any guess on when the target gets reached | in how many days the project is finish | when will the model be "
        "good enough for customers | so like when is it gonna be done done | on which date do we reach the target | how many weeks remain | will we finish this "
        "year | when are we over the line | sense of the finish date | wann ist es soweit | how close to done"
    ),
    "accuracy": (
        "model score | current recall number | how often does it get it wrong | at what level is the metric today | how accurate are we right now | how good is "
        "the model | what's our best score | latest eval numbers | error rate | wie genau ist das modell | how reliable is it | what f1 are we at | numbers on "
        "the test set | does it work well | what percentage is right | are we better than the baseline | how far from the target metric | how acurate r we rn | "
        "hit me with the latest metric | where are we on recall | how wrong is it these days | has the score improved since last week | what percentage of "
        "answers are correct now | how accurate has the thing become | latest number on the eval set | what % do we get right | aktueller f1 | is the model any "
        "good | what are we scoring at present | state the present error rate | how precise is the model now | where's the metric | best eval score on the "
        "holdout | what's the score today | performance of the model | is quality improving"
    ),
    "add": (
        "can we squeeze voice in | customer wants single sign on too doable | if we include dutch how much later do we ship | is there headroom for one more "
        "language | was würde es kosten noch spanisch dazuzunehmen | could we also support video | what would adding a feature cost | room for one more | what "
        "if we add another model | sales wants this as well | could the team take on more | can you do it also for | impact of extra scope | noch etwas "
        "aufnehmen | customer wants sso too doable | could we stretch to multilingual evaluation too | thinking of adding speech how bad for the timeline | "
        "finance asks marginal cost of one more model size | is it possible to include also the mobile version | one more thing for the sprint streaming output "
        "fits | would it be feasible to accommodate a further dataset | what if we threw in tables support | can the team absorb another workstream | product "
        "wants citations thoughts on timeline hit | how expensive would french be | what does it cost to include another language | price impact of adding a "
        "region | the client requests an additional capability | is there room in the plan | can we take on one more experiment this sprint | what would that "
        "do to the date | squeeze in a feature"
    ),
    "blocked": (
        "who is stuck | blockers | what's in the way right now | any open impediments | gibt es blocker | which people are not able to advance | what are the "
        "roadblocks | is anyone stuck | what is holding people up | who needs help | what is waiting on ops | anybody blocked | where are we stuck | what "
        "stands still | list of blockers | wer hängt fest | what can i unblock | who needs something from me | what's in the way rn | who's waiting on the data "
        "team | where is the team jammed | anyone blocked today | show me everything that is stuck | welche tickets hängen gerade | what obstacles does the "
        "team face presently | who can't move | any fires | what's jammed on infra | is something blocking the team | what is gated on the license | what "
        "stands in the team's way | list all impediments | which tickets are waiting for gpus | who is waiting on whom | what's preventing progress | hat "
        "jemand probleme"
    ),
    "history": (
        "what got killed in march | kills last month | which experiments did not survive the quarter | what did we throw out this sprint | was haben wir "
        "letzten monat abgebrochen | what shipped last week | which ideas made it into production this year | list of promotions since january | any wins this "
        "month | what have we learned lately | key learnings of the quarter | which lessons came from the last sprint | anything interesting we found out last "
        "week | was haben wir diesen monat gelernt | what failed | what worked | what did we find | what do we know now | top insights | what was decided | "
        "what went live | which bets paid off | dead experiments | results of the quarter | what did that teach us | what was concluded | key learnings q3 | "
        "what have we given up on since summer | body count this sprint | please enumerate the experiments terminated during the last fiscal quarter | which "
        "ideas flopped last month | what graduated this quarter | was ist seit januar produktiv gegangen | name the experiments that reached production last "
        "month | what went live while i was away | what's the moral of last sprint | so did we learn anything or just burn gpus | give me the conclusions of q2 "
        "| what did the ablations teach us | which hypotheses were rejected since may | show me the graveyard | what got canned last sprint | combien of "
        "experiments we stopped in july | successes of the last two months | which experiments have been deployed since q1 | did anything go live this week | "
        "was ging letzten monat live | learnings pls | what new knowledge did we gain this quarter | any aha moments recently | what did last week's "
        "experiments tell us | which conclusions did we get | what do we know that we didn't know before | which experiments were cancelled | lines of "
        "investigation that were discontinued | bets we dropped | what made it to prod | which experiments graduated | promoted recently | killed recently | "
        "top three insights | principal findings"
    ),
    "spent": (
        "compute bill this month | how much gpu time did we use last week | gpu burn | what's our cloud spend to date against budget | wie viele gpu stunden "
        "haben wir verbraucht | compute costs | how expensive was it | what did it cost | budget left | money this month | what did we pay for training | who "
        "used the most gpu | gpu hours by experiment | are we over budget | was hat das gekostet | burn rate | wie viele gpu-stunden haben wir verbraucht | how "
        "deep in the hole are we on compute | gpu usage for september by experiment if possible | how many dollars have been used until now | who is eating all "
        "the a100s | what did training cost us in november | how many gpu hours did it eat | bitte die kosten für compute diesen monat | are we burning too "
        "much money on gpus | budget vs actual for compute | expenditure to date | money spent on compute | gpu hours last week | did my sweep cost a lot | "
        "cost of the experiments so far | what's the invoice for gpus | how much compute is left"
    ),
    "decisions": (
        "what needs my decision | anything i need to approve | which decisions are outstanding | what's on my plate to sign off | muss ich was entscheiden | "
        "anything waiting on my approval | what do you need from me | is anyone waiting for me | what are people waiting for me to decide | ready for a verdict "
        "| which experiments have results but no decision | pending approvals | am i holding anybody up | what can i sign | open decisions | what should we "
        "kill or promote | what requires my attention | what do you need from me today | anything stuck on my signature | which experiments await a verdict | "
        "am i the bottleneck for any decision | what's waiting for my sign-off | do i have to decide anything today | which calls are mine to make this week | "
        "list pending decisions | do i owe anybody a sign-off | which ones have results but no verdict | my approvals | who waits for my word | anything for me "
        "to decide | things i have to approve | is somebody blocked on my decision"
    ),
    "kill": (
        "stop this experiment | kill it please it is dead | please put it out of its misery | it is going nowhere end it | i have decided to stop the "
        "experiment | let's shelve it | close it please we are done with it | pull the plug | not worth continuing | terminate | drop it | bitte abbrechen "
        "bringt nichts | we are not going on with it | give up on this one | no more money on this one | stop experiment | kill it pls its dead | please put "
        "experiment out of its misery | pull the plug on it | experiment has failed please close it | put an end to it | it dead bury it | i want that we stop "
        "it | axe it | i no longer believe in experiment stop it | kindly discontinue experiment experiment | number ninety is a dead end please shut it down | "
        "it can go in the bin"
    ),
    "promote": (
        "ship it | it passed everything make it official | please move it into production | good to go live do it | bitte in produktion bringen | you have my "
        "go-ahead | looks ready for prime time | promote it | i approve it | roll it out to everyone | it deserves production | gate is green let's go | this "
        "one is a winner take it live | experiment passed everything make it official | please move experiment into production | it good to go live do it | "
        "experiment bitte in produktion bringen | take it live | experiment hat das ziel erreicht bitte ausrollen | it is approved for release | roll it out | "
        "i give permission for the promotion of experiment | experiment is ready ship it | approve promotion of it | let experiment be put into service | it to "
        "prod let's goooo"
    ),
    "extend": (
        "give it another week | it needs more days | can it have until friday | kindly grant a prolongation of ten days | push it out a week | could it run "
        "till monday | needs more time | let it run a bit longer | move its deadline | not finished by friday need longer | bitte verlängern | braucht noch "
        "eine woche | change the end date | bump the time box | keep it going for two more weeks | it needs 3 more days | kindly grant experiment a "
        "prolongation of ten days | can you give it till the end of next week | experiment won't be done in time two more days please | plus one week for it | "
        "it is requested that experiment be prolonged by a fortnight | can i have 2 more days on it | it bis freitag verlängern | move the deadline of "
        "experiment to the 20th please | it is running slow add 3 days"
    ),
    "update": (
        "result for the experiment on the holdout | it finally finished loss down | it is trained accuracy percent | recall went up | run finished | here are "
        "the numbers | scores are in | training is done | report a result | log a result | dedup finished retraining starts | eval came back | got the results "
        "they are meh | ergebnis eintragen | just measured it | half a point better than baseline | it converged | it recall 0 it | result for experiment 0 it "
        "on the holdout | it finally finished loss 0 it | it is trained accuracy it 2 percent | it done 0 it macro f1 +0 6 over baseline | just finished it we "
        "got it% on validation | for it the recall dropped to 0 it after dedup | experiment genauigkeit it prozent | it eval complete all slices pass | it "
        "precision 0 it recall 0 it | it training done val loss 1 it down from 2 1 | we measured experiment and the score is it point 4 | on experiment the "
        "latest run yielded 0 it accuracy"
    ),
    "new": (
        "new experiment | i'd like to propose an experiment on data augmentation | let's try dropout on the encoder make a ticket | neues experiment labels "
        "bereinigen | spin up a new experiment for distillation | got a new hypothesis to file | i have an idea | open a ticket | create an experiment | "
        "register a trial | want to test whether it helps | does it beat the baseline if we try | put this idea down | start something new | spin up a new exp "
        "for distillation | let's test if curriculum learning helps | ich möchte ein neues experiment anlegen | file a new one quantise the embedding table | "
        "draft an exp for me about prompt caching | log new exp contrastive loss | wir sollten ausprobieren ob destillation hilft leg bitte ein ticket an | i "
        "wish to file a new hypothesis | i wanna try pruning set up an experiment"
    ),
    "blocker": (
        "i am stuck | no gpus free nothing moves | ich stecke fest | cannot continue without access | waiting for the labels | the cluster is down | my run "
        "keeps crashing | i need somebody to give me permission | i can't proceed | quota is exhausted | something stops me | komme nicht weiter | data has not "
        "arrived"
    ),
    "away": (
        "ooo until thursday | i'm sick today | i will be absent tomorrow | bin bis freitag im urlaub | won't be in on monday | taking the rest of the week off "
        "| taking friday off | on leave next week | i shall be unreachable | don't expect me tomorrow | skip my standups | i won't work tomorrow | bin krank | "
        "i'm away from monday | parental leave | dentist tomorrow | back in two weeks | no standups for me this week | i'll be on holiday from monday | ich bin "
        "morgen nicht da | got the flu staying in bed today | my paternity leave starts on monday for four weeks | i'll be off sick today | ooo 5-9 may | "
        "urlaub ab montag bis it 8 | i am not working on friday | got to pick up my kid gone for the rest of the day | i shall be out until monday | i take my "
        "vacation from the first | parental leave until january | not here tomorrow | off on friday | on leave skip my standups | i'm going on holiday | "
        "feeling sick staying in bed"
    ),
    "back": (
        "i'm back | i have come back from my vacation | ich bin zurück | i'm at work again | back in the office | back online | returned from leave | no longer "
        "out of office | resume my standups | i'm here again | feeling better and working again | i'm available again | holiday is over | im back | i have come "
        "back from my vacations | ok i'm back at my desk | vacation over back to work | je suis back | i'm in again as of this morning | back from sick leave | "
        "hey i'm online again | bin zurück aus dem urlaub | holiday's over i'm here | i have returned to my duties | you may resume asking me | from today i'm "
        "working again | guess who is back | you can start asking me questions again | i am here again after two weeks"
    ),
    "help": (
        "what can you do | how does one use this | commands | was kannst du | lost what do i type | how do i log a result | explain yourself | help | how does "
        "this work | what can i ask you | instructions please | i don't understand you | is there a manual | what are you for | cheat sheet | how do i start | "
        "what do you do | how can you assist me | teach me how to use you | which commands exist | how do i report a blocker | what are the things you know to "
        "do | wie benutze ich dich | i'm new here how does this work | i don't understand how to work with you | could you point me to instructions | what kind "
        "of things can i ask | i'm lost | how do i create an experiment | show me what you can do | teach me"
    ),
    "thanks": (
        "cheers | merci beaucoup | super danke dir | you are the best | much obliged | thanks | you're a lifesaver | perfect that's what i needed | great job | "
        "appreciate it | very kind of you | good bot | awesome | that helped a lot | sehr nett | appreciated | lifesaver ty ty | that was very useful thank you "
        "| u rock | excellent thank you kindly | tysm | das hat geholfen danke | nice that works"
    ),
    "elsewhere": (
        "please book me a flight to lisbon | who won the game | tell me a joke | what's the capital of france | kubectl get pods -n prod | how do transformers "
        "work | the coffee machine on 2 is broken again | what should i cook tonight | can you fix my laptop | lol | asdf | brb | my daughter turns it months "
        "today | why is the sky blue | when is lunch | how much is a train ticket to berlin | who is the ceo | write me a cover letter | kannst du mir einen "
        "kaffee machen | is helena in the office | set a reminder for 3pm | how tall is the eiffel tower | what time is it | when was python released | "
        "runtimeerror cuda out of memory tried to allocate 2 it gib | oops wrong window | i hate mondays | do you like working here | who killed jfk | my train "
        "is late again | should i learn rust | how accurate is the weather forecast | update my linux kernel | stop talking | why are you so slow | is the "
        "cluster gpu driver version it or it | the ceo is leaving did you hear | what do you think about the new iphone | please order new business cards | who "
        "let the dogs out | is water wet | the intern broke prod again | why did the chicken cross the road | my kid's experiment won the school fair | how do "
        "i get to the airport | can you review my pr | haha true | nvm | calling you back in 5 | is there a gym near the office | merge my branch | summarise "
        "this it page pdf for me | how many people work here | when does the cafeteria close | wrong chat sorry | i need a new keyboard | sag mir einen witz | "
        "when is the next board meeting | ping me when the build is green | are we having the retro today | who is on call | what's for dinner | i'm thinking "
        "about buying a tesla | git push origin main | who's bringing cake on friday | please water the plants on my desk | what is the airspeed velocity of an "
        "unladen swallow | do we have a budget for the offsite | approve my vacation request | sorry that was meant for priya | can you tell tom i'm running "
        "late | does anyone have a charger | i like turtles | wie spät ist es | what is reinforcement learning | should we get sushi | the elevator is stuck | "
        "remind me to call the bank | happy birthday priya | ok so then she said no way | explain quantum computing to me | my bus is late | how much does a "
        "gpu cost | send the q3 deck to helena | what is a transformer | explain gradient descent to me | how do i install pytorch | who is the president | "
        "what's the difference between adam and sgd | remind me to buy milk | tell tom i'm running late | forward this to legal | book a meeting room | order "
        "lunch | who is on call tonight | translate this into french | write an email to the customer | can you draft a slide | what's your favourite film | "
        "are you human | how old are you | what's the weather | is it friday yet | i need coffee | nice weather today | my laptop is broken | reset my password "
        "| how many vacation days are left | can i get a raise | review my pull request | merge the branch | restart the server | ack the page | this meeting "
        "could have been an email | wrong window sorry | not you i was talking to somebody else | see you tomorrow at lunch | what time is the meeting | when "
        "is the all hands | who is coming to the party | recommend a book | what's the best paper this year | play some music | how do i get to the station | "
        "happy birthday | congrats on the baby | did you see the match | what should i eat | summarise this paper for me | convert it to celsius | how much is "
        "a ticket to paris | where can i park | fire somebody | print this document"
    ),
}  # fmt: skip
TYPICAL = [(text, intent) for intent, said in _SAID.items() for text in said.split(" | ")]
