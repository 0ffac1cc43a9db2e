//! The questions there are. Good ones have an answer that stays, that comes to mind at three in the morning, that many
//! people could give differently, and that stands in no register and on no profile page.
//!
//! The words are in `questions.ftl`. With each question go the answers most often given to it, which are refused. Accounts
//! and strangers' decoys are drawn from the same list, in the same order, so that it should change rarely: a question that is
//! added moves some decoys, and one is never taken out while somebody may have answered it.

use crate::platform::i18n::Words;
use crate::platform::spelled::spelled;

macro_rules! catalog {
    ($($question:ident = $id:literal: $common:literal;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Question {
            $($question),+
        }

        spelled!(Question { $($question = $id),+ });

        impl Question {
            /// All of them, in the order in which they are offered and asked.
            pub const ALL: &'static [Question] = &[$(Question::$question),+];

            /// The question itself, in the reader's language.
            pub fn text(self, words: &Words) -> String {
                words.t(&format!("question-{}", self.as_str())).into_owned()
            }

            /// The answers others would try first, each in its one form.
            pub(super) fn commonest(self) -> impl Iterator<Item = &'static str> {
                let common = match self {
                    $(Question::$question => $common),+
                };
                common.split(", ").chain(NO_ANSWERS.split(", "))
            }
        }
    };
}

/// What people type who do not want to answer.
const NO_ANSWERS: &str = "none, nothing, nobody, no one, nowhere, unknown, not applicable, na, n a, no idea, dont know, \
    i dont know, idk, i forgot, forgot, dont remember, cant remember, not sure, no answer, answer, my answer, question, \
    secret, password, test, testing, asdf, asdfgh, qwerty, abc, abcd, xyz, xxx, 123, 1234, 12345, 123456, aaa, yes, me, myself, \
    mine, mom, dad, mother, father, home, blank, skip";

catalog! {
    ChildhoodToy = "childhood-toy": "teddy, teddy bear, bear, ted, bunny, rabbit, blankie, blanket, doll, barbie, lego, \
        elmo, pooh, winnie, winnie the pooh, dog, puppy, monkey, snoopy, fluffy, snuggles, blue bear, mr bear, car, train";
    FirstPet = "first-pet": "max, buddy, bella, charlie, lucky, rocky, jack, molly, daisy, bear, duke, sadie, coco, lucy, \
        maggie, shadow, tiger, smokey, spot, rex, fluffy, ginger, princess, oreo, sam, toby, bailey, jake, simba, luna, \
        milo, oscar, fido, lassie, goldie, nemo, dog, cat, fish";
    ParentsMet = "parents-met": "new york, new york city, nyc, los angeles, chicago, houston, london, paris, boston, dallas, \
        san francisco, philadelphia, miami, atlanta, detroit, seattle, denver, toronto, berlin, rome, madrid, school, \
        high school, college, work, church, bar";
    ChildhoodStreet = "childhood-street": "main street, main st, main, park avenue, park, oak street, oak, maple street, \
        maple, elm street, elm, pine street, pine, cedar, washington street, washington, first street, second street, \
        1st street, 2nd street, 3rd street, lake street, hill street, high street, broadway, church street, station road";
    BestFriend = "best-friend": "john, mike, michael, david, chris, jennifer, jessica, sarah, maria, lisa, mary, ashley, \
        amanda, anna, emily, matt, james, robert, john smith, mark, daniel, kim, laura, michelle, karen, susan";
    FavoriteTeacher = "favorite-teacher": "smith, johnson, williams, brown, jones, miller, davis, garcia, wilson, anderson, \
        taylor, thomas, moore, martin, jackson, white, thompson, lee, mr smith, mrs smith, mrs johnson, mrs brown, \
        mrs jones, mrs miller, mr jones";
    FirstManager = "first-manager": "smith, johnson, williams, brown, jones, miller, davis, garcia, wilson, anderson, john, \
        mike, dave, david, bob, steve, mark, tom, jim, mary, susan, karen, boss, manager, mr smith";
    FirstJobPlace = "first-job-place": "new york, nyc, los angeles, chicago, houston, london, dallas, boston, hospital, \
        mcdonalds, walmart, target, burger king, subway, starbucks, restaurant, store, grocery store, babysitting, office, shop";
    FirstConcert = "first-concert": "beatles, the beatles, rolling stones, the rolling stones, queen, u2, madonna, \
        michael jackson, metallica, taylor swift, beyonce, britney spears, backstreet boys, nsync, one direction, \
        justin bieber, coldplay, pink floyd, led zeppelin, kiss, acdc, eagles, the eagles, elton john, bon jovi, \
        garth brooks, green day, nirvana, aerosmith, journey, katy perry, jonas brothers";
    FirstAlbum = "first-album": "thriller, abbey road, nevermind, purple rain, the beatles, beatles, michael jackson, madonna, \
        britney spears, nsync, spice girls, spice, metallica, back in black, hotel california, 1989, baby one more time, \
        backstreet boys, green day, dookie, fearless, grease, bad, queen";
    FirstFilm = "first-film": "star wars, bambi, titanic, the lion king, lion king, et, jaws, snow white, cinderella, jurassic \
        park, toy story, aladdin, grease, home alone, finding nemo, frozen, shrek, harry potter, superman, batman, \
        beauty and the beast, the little mermaid, dumbo, pinocchio, sound of music, the sound of music, the jungle book";
    ChildhoodBook = "childhood-book": "harry potter, the bible, bible, the hobbit, lord of the rings, charlottes web, \
        little women, goodnight moon, the cat in the hat, cat in the hat, green eggs and ham, green eggs ham, matilda, \
        narnia, nancy drew, peter pan, alice in wonderland, twilight, the hungry caterpillar, where the wild things are, \
        goosebumps, the little prince, little prince, black beauty, heidi, pippi longstocking";
    ChildhoodHero = "childhood-hero": "superman, batman, spiderman, spider man, wonder woman, jesus, god, my dad, my mom, \
        my father, my mother, michael jordan, muhammad ali, luke skywalker, captain america, hulk, iron man, zorro, \
        robin hood, elvis, princess leia, indiana jones, messi, ronaldo, pele, grandpa, grandma";
    LearnedToSwim = "learned-to-swim": "pool, swimming pool, the pool, ymca, the ymca, lake, the lake, beach, the beach, ocean, \
        the ocean, sea, the sea, river, the river, school, camp, summer camp, pond, community pool, at school, florida";
    OldestCousin = "oldest-cousin": "john, mike, michael, david, chris, jennifer, jessica, sarah, maria, lisa, mary, robert, \
        james, mark, daniel, kim, laura, michelle, karen, susan, anna, tom, steve, joe, jose, brian";
    GrandmotherTown = "grandmother-town": "new york, new york city, nyc, chicago, los angeles, boston, london, paris, rome, \
        philadelphia, houston, dallas, detroit, san francisco, mexico city, manila, dublin, berlin, warsaw, naples, \
        the farm, farm, village, mexico, italy, ireland, germany, poland";
    FirstFlight = "first-flight": "florida, orlando, disney, disney world, disneyland, new york, california, los angeles, \
        las vegas, vegas, hawaii, london, paris, chicago, miami, mexico, cancun, texas, europe, spain, mallorca, italy";
    FirstDish = "first-dish": "eggs, egg, scrambled eggs, fried eggs, fried egg, omelet, omelette, pancakes, pancake, pasta, \
        spaghetti, mac and cheese, macaroni and cheese, rice, toast, soup, pizza, cookies, chocolate chip cookies, cake, \
        ramen, noodles, grilled cheese, chili, hamburger, chicken, brownies, french toast";
    FamilyVacation = "family-vacation": "florida, disney, disney world, disneyland, orlando, hawaii, california, beach, the \
        beach, grand canyon, yellowstone, new york, las vegas, mexico, cancun, paris, london, italy, spain, europe, \
        myrtle beach, san diego, ocean city, lake, camping, greece, canada";
    ChildhoodNeighbor = "childhood-neighbor": "smith, johnson, williams, brown, jones, miller, davis, garcia, wilson, anderson, \
        taylor, thomas, moore, martin, jackson, white, lee, mr smith, mrs smith, john, bob, mary, the smiths";
    HidingPlace = "hiding-place": "closet, the closet, under the bed, under my bed, bed, tree, the tree, tree house, \
        treehouse, attic, the attic, basement, the basement, bathroom, garage, behind the couch, behind the sofa, woods, \
        the woods, barn, garden, my room, bedroom, shed, forest, cellar";
}
