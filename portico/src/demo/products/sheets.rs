//! What is on the pages: made up, and data like the people of the demo, so that it has no words in the languages' files.

pub struct Sheet {
    pub product: &'static str,
    pub path: &'static str,
    pub heading: &'static str,
    pub lead: &'static str,
    pub columns: &'static [&'static str],
    pub rows: &'static [Row],
}

pub struct Row {
    /// The page behind it.
    pub page: Option<&'static str>,
    pub cells: &'static [Cell],
}

pub struct Cell {
    pub text: &'static str,
    /// `good`, `wait` or `bad`; empty: neither.
    pub tone: &'static str,
}

/// The page of a product at a path.
pub fn find(product: &str, path: &str) -> Option<&'static Sheet> {
    SHEETS.iter().find(|sheet| sheet.product == product && sheet.path == path)
}

const fn to(page: &'static str, cells: &'static [Cell]) -> Row {
    Row { page: Some(page), cells }
}

const fn row(cells: &'static [Cell]) -> Row {
    Row { page: None, cells }
}

const fn is(text: &'static str) -> Cell {
    Cell { text, tone: "" }
}

const fn good(text: &'static str) -> Cell {
    Cell { text, tone: "good" }
}

const fn wait(text: &'static str) -> Cell {
    Cell { text, tone: "wait" }
}

const fn bad(text: &'static str) -> Cell {
    Cell { text, tone: "bad" }
}

pub const SHEETS: &[Sheet] = &[
    Sheet {
        product: "bed-board",
        path: "/",
        heading: "Bed Board",
        lead: "Free beds, ward by ward, as the wards have last said.",
        columns: &["Ward", "Beds", "Free", "Being cleaned"],
        rows: &[
            to("/wards/3-west", &[is("3 West, surgery"), is("18"), good("4"), is("2")]),
            to("/wards/4-east", &[is("4 East, medicine"), is("22"), wait("1"), is("3")]),
            to("/wards/icu", &[is("Intensive care"), is("10"), bad("0"), is("1")]),
        ],
    },
    Sheet {
        product: "bed-board",
        path: "/wards/3-west",
        heading: "3 West, surgery",
        lead: "18 beds, 4 of them free. Charge nurse: extension 3310.",
        columns: &["Bed", "State", "Since", "Remark"],
        rows: &[
            row(&[is("301 A"), good("free"), is("06:10"), is("by the window")]),
            row(&[is("301 B"), is("taken"), is("yesterday"), is("")]),
            row(&[is("302 A"), wait("being cleaned"), is("07:35"), is("ready at about 08:15")]),
            row(&[is("302 B"), good("free"), is("05:50"), is("isolation possible")]),
            row(&[is("303 A"), bad("out of order"), is("Monday"), is("call light is being repaired")]),
        ],
    },
    Sheet {
        product: "bed-board",
        path: "/wards/4-east",
        heading: "4 East, medicine",
        lead: "22 beds, 1 of them free. Charge nurse: extension 4210.",
        columns: &["Bed", "State", "Since", "Remark"],
        rows: &[
            row(&[is("401 A"), is("taken"), is("Sunday"), is("goes home today")]),
            row(&[is("401 B"), good("free"), is("07:05"), is("")]),
            row(&[is("402 A"), wait("being cleaned"), is("07:20"), is("")]),
        ],
    },
    Sheet {
        product: "bed-board",
        path: "/wards/icu",
        heading: "Intensive care",
        lead: "10 beds, none of them free. One is being cleaned.",
        columns: &["Bed", "State", "Since", "Remark"],
        rows: &[
            row(&[is("1"), is("taken"), is("Friday"), is("may step down this afternoon")]),
            row(&[is("2"), wait("being cleaned"), is("07:40"), is("promised to the operating room")]),
        ],
    },
    Sheet {
        product: "incident-desk",
        path: "/",
        heading: "Incident Desk",
        lead: "What went wrong and is not closed yet, newest first.",
        columns: &["Incident", "What happened", "Where", "State"],
        rows: &[
            to(
                "/incidents/2041",
                &[is("2041"), is("Generator test took the elevators down"), is("Main Campus"), bad("open")],
            ),
            to(
                "/incidents/2038",
                &[is("2038"), is("Paging system silent for 12 minutes"), is("Main Campus"), wait("in review")],
            ),
            to("/incidents/2033", &[is("2033"), is("Water in the loading dock"), is("East Clinic"), good("solved")]),
        ],
    },
    Sheet {
        product: "incident-desk",
        path: "/incidents/2041",
        heading: "Incident 2041: Generator test took the elevators down",
        lead: "Main Campus, open. Lead: facilities on call.",
        columns: &["When", "Who", "What"],
        rows: &[
            row(&[is("06:02"), is("Facilities"), is("Monthly generator test begins")]),
            row(&[is("06:04"), is("Security"), is("Elevators 2 and 3 stand still, nobody inside")]),
            row(&[is("06:15"), is("Facilities"), is("Elevator 2 runs again")]),
            row(&[is("06:40"), is("Nursing"), bad("Transports go by elevator 2 only")]),
        ],
    },
    Sheet {
        product: "incident-desk",
        path: "/incidents/2038",
        heading: "Incident 2038: Paging system silent for 12 minutes",
        lead: "Main Campus, in review. Lead: telecommunications.",
        columns: &["When", "Who", "What"],
        rows: &[
            row(&[is("Tuesday 14:20"), is("Operator"), is("No page gets through")]),
            row(&[is("Tuesday 14:32"), is("Telecommunications"), good("Back on the second transmitter")]),
        ],
    },
    Sheet {
        product: "incident-desk",
        path: "/incidents/2033",
        heading: "Incident 2033: Water in the loading dock",
        lead: "East Clinic, solved. To be closed by the safety committee.",
        columns: &["When", "Who", "What"],
        rows: &[
            row(&[is("Friday 05:45"), is("Supply"), is("Two inches of water behind door 4")]),
            row(&[is("Friday 08:10"), is("Facilities"), good("Drain cleared, floor dry")]),
        ],
    },
    Sheet {
        product: "tracer",
        path: "/",
        heading: "Tracer",
        lead: "One thing followed through the house, to see whether the standards hold.",
        columns: &["Trail", "Last seen", "Result"],
        rows: &[
            to("/trails/set-k-12", &[is("Instrument set K-12"), is("Operating room 4"), wait("1 finding")]),
            to("/trails/set-h-04", &[is("Instrument set H-04"), is("Sterile store"), good("no finding")]),
        ],
    },
    Sheet {
        product: "tracer",
        path: "/trails/set-k-12",
        heading: "Instrument set K-12",
        lead: "Knee set, followed from the wash to the table and back.",
        columns: &["When", "Where", "What was looked at", "Result"],
        rows: &[
            row(&[is("Monday 15:10"), is("Decontamination"), is("Washed within two hours of use"), good("holds")]),
            row(&[is("Monday 17:30"), is("Sterilization"), is("Indicator read and written down"), good("holds")]),
            row(&[is("Tuesday 06:20"), is("Sterile store"), is("Wrap whole, date legible"), wait("date smeared")]),
            row(&[is("Tuesday 07:45"), is("Operating room 4"), is("Counted before and after"), good("holds")]),
        ],
    },
    Sheet {
        product: "tracer",
        path: "/trails/set-h-04",
        heading: "Instrument set H-04",
        lead: "Hand set, waiting for its next use.",
        columns: &["When", "Where", "What was looked at", "Result"],
        rows: &[
            row(&[is("Monday 11:00"), is("Sterilization"), is("Indicator read and written down"), good("holds")]),
            row(&[is("Monday 12:25"), is("Sterile store"), is("Wrap whole, date legible"), good("holds")]),
        ],
    },
];
