//! File names with numbers in them: `weights.{epoch:02d}-{val_loss:.2f}.safetensors`.

use super::CallbackError;
use crate::train::Logs;

/// Puts `epoch` (and `batch`), and the numbers of `logs`, in the places `{…}` of `template`; each place is a name and, behind a
/// colon, a width and digits as in Python or Rust: `02d`, `02`, `.2f`, `.2`.
pub(super) fn fill(
    template: &str,
    whole: &[(&str, usize)],
    logs: &Logs,
) -> Result<String, CallbackError> {
    let (mut text, mut rest) = (String::new(), template);
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((place, after)) = behind.split_once('}') else {
            return Err(format!("`{template}` has a `{{` without its `}}`").into());
        };
        let (name, format) = place.split_once(':').unwrap_or((place, ""));
        text += before;
        text += &number(name, format, whole, logs)
            .ok_or_else(|| unknown(template, place, whole, logs))?;
        rest = after;
    }
    Ok(text + rest)
}

fn number(name: &str, format: &str, whole: &[(&str, usize)], logs: &Logs) -> Option<String> {
    let format = format.trim_end_matches(['d', 'f']);
    let (width, digits) = format.split_once('.').unwrap_or((format, ""));
    let (zero, width) = (width.starts_with('0'), parse(width)?);
    let digits = if digits.is_empty() { None } else { Some(parse(digits)?) };
    let text = match whole.iter().find(|(known, _)| *known == name) {
        Some((_, number)) => number.to_string(),
        None => match digits {
            Some(digits) => format!("{:.digits$}", logs.get(name)?),
            None => logs.get(name)?.to_string(),
        },
    };
    Some(if zero { format!("{text:0>width$}") } else { format!("{text:>width$}") })
}

/// A number of one or two digits; 0 where there is none.
fn parse(digits: &str) -> Option<usize> {
    match digits.len() {
        0 => Some(0),
        1 | 2 => digits.parse().ok(),
        _ => None,
    }
}

fn unknown(template: &str, place: &str, whole: &[(&str, usize)], logs: &Logs) -> CallbackError {
    let names: Vec<&str> = whole.iter().map(|(name, _)| *name).chain(logs.names()).collect();
    let names = names.join(", ");
    format!("`{template}`: `{{{place}}}` is not one of {names}, with a format as `02d` or `.2f`")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_their_places() {
        let logs: Logs = [("val_loss", 0.12345)].into_iter().collect();
        let fill = |template: &str| fill(template, &[("epoch", 3)], &logs);
        assert_eq!(fill("w.{epoch:02d}-{val_loss:.2f}.x").unwrap(), "w.03-0.12.x");
        assert_eq!(fill("{epoch}{epoch:02}{epoch:3}|{val_loss:.3}").unwrap(), "303  3|0.123");
        assert_eq!(fill("plain").unwrap(), "plain");
        let error = fill("{val_los:.2f}").unwrap_err().to_string();
        assert!(error.contains("`{val_los:.2f}` is not one of epoch, val_loss"), "{error}");
        assert!(fill("{epoch").is_err() && fill("{epoch:x}").is_err());
        assert!(fill("{epoch:99999999999}").is_err());
    }
}
