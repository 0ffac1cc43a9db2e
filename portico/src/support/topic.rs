use crate::platform::spelled::spelled;

/// What a request is about; a closed set, so that a page can preselect what has just failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    FirstTime,
    Password,
    UserName,
    Code,
    Mail,
    Link,
    Wrong,
    Locked,
    Refused,
    Sites,
    Product,
    Error,
    Other,
}

spelled!(Topic {
    FirstTime = "first_time",
    Password = "password",
    UserName = "user_name",
    Code = "code",
    Mail = "mail",
    Link = "link",
    Wrong = "wrong",
    Locked = "locked",
    Refused = "refused",
    Sites = "sites",
    Product = "product",
    Error = "error",
    Other = "other",
});

impl Topic {
    /// In the order of the form.
    pub const ALL: [Topic; 13] = [
        Topic::FirstTime,
        Topic::Password,
        Topic::UserName,
        Topic::Code,
        Topic::Mail,
        Topic::Link,
        Topic::Wrong,
        Topic::Locked,
        Topic::Refused,
        Topic::Sites,
        Topic::Product,
        Topic::Error,
        Topic::Other,
    ];

    /// The key of its words.
    pub fn key(self) -> String {
        format!("support-topic-{}", self.as_str())
    }

    /// What only the organization's own administrators can put right: accounts and access are theirs to give.
    pub fn is_for_administrators(self) -> bool {
        matches!(self, Topic::FirstTime | Topic::Refused | Topic::Sites | Topic::Product)
    }

    /// The Contact Form with this topic, towards where the person wanted to go.
    pub fn contact(self, resume: &str) -> String {
        let resume = if resume.is_empty() { String::new() } else { format!("&resume={resume}") };
        format!("/support?topic={}{resume}", self.as_str())
    }
}
