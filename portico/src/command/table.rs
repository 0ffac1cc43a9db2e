//! Two columns for people; JSON is for programs.

/// Lines of `label  value`, aligned.
pub fn table<L: AsRef<str>, V: AsRef<str>>(rows: &[(L, V)]) -> String {
    let width = rows.iter().map(|(label, _)| label.as_ref().chars().count()).max().unwrap_or(0);
    let line = |(label, value): &(L, V)| format!("{:width$}  {}", label.as_ref(), value.as_ref());
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn values_stand_below_each_other() {
        assert_eq!(super::table(&[("a", "1"), ("long", "2")]), "a     1\nlong  2");
    }
}
