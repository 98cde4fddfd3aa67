//! What a place in a contract requires of its value.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::program::Op;
use crate::quantity::{Exact, Type, Unit};
use crate::text::Span;

use super::{Context, Typed};

impl Context<'_> {
    /// The value as an amount of money on the invoice. If it is not one, a finding and an unknown value. An amount per
    /// month, quarter or year is converted to one month, and adjusted in a part month as the contract says.
    pub fn demand_amount(&mut self, value: Typed, what: &str) -> Typed {
        let value = self.per_month(value);
        let money = self.money();
        self.demand(value, &money, what)
    }

    /// The value as that type. If it does not fit, a finding and an unknown value. `what` is the place, as in "{the
    /// credit} must be …".
    pub fn demand(&mut self, value: Typed, wanted: &Type, what: &str) -> Typed {
        if let Some(fitting) = self.fit(&value, wanted) {
            return self.demand_value(fitting, what);
        }
        if self.price_of_a_number(&value, wanted) {
            return self.unknown(value.span);
        }
        let text = self.quote(value.span);
        let mut finding = Diagnostic::error(
            "wrong-type",
            value.span,
            format!("{what} must be {wanted}, but `{text}` is {}", value.kind),
        )
        .here(format!("this is {}", value.kind));
        if let Some(origin) = &value.origin {
            finding = finding.and_at(
                origin.declared,
                format!("`{}` is declared here", origin.name),
            );
        }
        if let Some(line) = self.price_for_each(&value, wanted, &text) {
            finding = finding
                .because("an amount times a count is no amount: a price says for what it is paid")
                .help(format!("write `{line}`"))
                .mended_by(Fix {
                    title: format!("write `{line}`"),
                    edits: vec![Edit {
                        span: value.span,
                        text: line,
                    }],
                    safe: false,
                });
        } else if let Some(line) = self.price_with_its_count(&value, wanted, &text) {
            finding = finding.help(format!("it is a price: say for how many, `{line}`"));
        } else if let Some(help) = help_for(&value, wanted, &text) {
            finding = finding.help(help);
        }
        self.report(finding);
        self.unknown(value.span)
    }

    /// `4.50 USD per call of handled` with a plain number of which nobody knows what it counts; whether it is one.
    fn price_of_a_number(&mut self, value: &Typed, wanted: &Type) -> bool {
        let Some(share) = &value.share else {
            return false;
        };
        let (Type::Quantity(price), Type::Quantity(money)) = (&share.rate.kind, wanted) else {
            return false;
        };
        let Some(origin) = share.base.origin.clone() else {
            return false;
        };
        let is_it = money.as_currency().is_some()
            && price.has_currency()
            && price.as_currency().is_none()
            && share.base.kind == Type::Number;
        if !is_it {
            return false;
        }
        let counted = price
            .parts()
            .find(|(_, exponent)| *exponent < 0)
            .map_or_else(|| "calls".to_owned(), |(unit, _)| unit.plural().to_owned());
        let name = &origin.name;
        self.report(
            Diagnostic::error(
                "wrong-rate",
                share.base.span,
                format!("`{name}` is a plain number, so a price in {price} cannot be paid on it"),
            )
            .and_at(origin.declared, "declared without a unit here")
            .because("the price is for one thing, and nothing says that the number counts that")
            .help(format!(
                "declare what it counts: `input {name} : {counted}`"
            )),
        );
        true
    }

    /// `handled * 4.50 USD` as a price: `4.50 USD per call of handled`
    fn price_for_each(&self, value: &Typed, wanted: &Type, text: &str) -> Option<String> {
        let (Type::Quantity(unit), Type::Quantity(money)) = (&value.kind, wanted) else {
            return None;
        };
        let currency = money.as_currency()?;
        let currency = currency.code();
        let (left, right) = text.split_once('*')?;
        let (left, right) = (left.trim(), right.trim());
        let is_price = |side: &str| {
            side.strip_suffix(currency).is_some_and(|number| {
                number
                    .trim()
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_'))
            })
        };
        let (price, counted) = match (is_price(left), is_price(right)) {
            (true, false) => (left, right),
            (false, true) => (right, left),
            _ => return None,
        };
        let mut counts = unit.parts().filter(|(part, _)| part.singular() != currency);
        let (one, exponent) = counts.next()?;
        (exponent == 1 && counts.next().is_none())
            .then(|| format!("{price} per {} of {counted}", one.singular()))
    }

    /// A price with the input that counts what it is for, if exactly one does.
    fn price_with_its_count(&self, value: &Typed, wanted: &Type, text: &str) -> Option<String> {
        let (Type::Quantity(price), Type::Quantity(money)) = (&value.kind, wanted) else {
            return None;
        };
        money.as_currency()?;
        if value.share.is_some() {
            return None;
        }
        let counts = self.symbols.values().filter(|symbol| {
            let is_input = symbol.what == crate::catalogue::ItemKind::Input;
            match &symbol.kind {
                Type::Quantity(unit) => is_input && price.multiply(unit).0 == *money,
                _ => false,
            }
        });
        let mut counts = counts.map(|symbol| symbol.name.clone());
        let (name, None) = (counts.next()?, counts.next()) else {
            return None;
        };
        Some(format!("{text} of {name}"))
    }

    /// The value, which must not be one that can be absent in some months.
    pub fn demand_value(&mut self, value: Typed, what: &str) -> Typed {
        if !value.optional {
            return value;
        }
        let text = self.quote(value.span);
        let mut finding = Diagnostic::error(
            "possibly-no-value",
            value.span,
            format!("`{text}` has no value in some months, and {what} needs one"),
        )
        .help(format!(
            "say what counts then: `({text} if known, otherwise …)`"
        ));
        if let Some(origin) = &value.origin {
            finding = finding.and_at(
                origin.declared,
                format!("`{}` is declared with `no value` here", origin.name),
            );
        }
        self.report(finding);
        self.unknown(value.span)
    }

    /// The value as a condition.
    pub fn demand_condition(&mut self, value: Typed, what: &str) -> Typed {
        self.demand(value, &Type::Flag, what)
    }

    /// The value of a constant, such as a band's edge. If it can differ from month to month, a finding and nothing.
    pub fn demand_constant(&mut self, value: &Typed, what: &str) -> Option<Exact> {
        if value.is_unknown() {
            return None;
        }
        if value.constant.is_none() {
            let text = self.quote(value.span);
            self.report(
                Diagnostic::error(
                    "not-a-constant",
                    value.span,
                    format!(
                        "{what} must be a fixed number, but `{text}` can differ from month to month"
                    ),
                )
                .because("only fixed numbers can be checked for gaps and overlaps in advance")
                .help("use `if … then … else …` to choose by a value that changes"),
            );
        }
        value.constant.clone()
    }

    /// A whole number of at least 1, such as a count of months.
    pub fn demand_count(&mut self, value: &Typed, what: &str) -> Option<u32> {
        let constant = self.demand_constant(value, what)?;
        self.refuse_grouped_number(value);
        let count = constant
            .to_string()
            .parse::<u32>()
            .ok()
            .filter(|count| (1..=1200).contains(count));
        if count.is_none() {
            let text = self.quote(value.span);
            self.report(Diagnostic::error(
                "not-a-count",
                value.span,
                format!("{what} must be a whole number from 1 to 1200, but `{text}` is not"),
            ));
        }
        count
    }

    /// Converts an amount per month, quarter or year to the amount of one month.
    fn per_month(&mut self, value: Typed) -> Typed {
        let Type::Quantity(unit) = &value.kind else {
            return value;
        };
        match self.amount_per_period(unit) {
            Some((amount, months)) => {
                let amount = self.share_of_period(&value, Type::Quantity(amount), months);
                self.in_part_months(amount)
            }
            None => value,
        }
    }

    /// Whether a unit is money for each month, quarter or year.
    #[must_use]
    pub fn is_money_per_period(&self, unit: &Unit) -> bool {
        self.amount_per_period(unit).is_some()
    }

    /// The currency of money per period, and the number of months in the period.
    fn amount_per_period(&self, unit: &Unit) -> Option<(Unit, i64)> {
        [("months", 1), ("quarters", 3), ("years", 12)]
            .into_iter()
            .find_map(|(word, months)| {
                let period = self.units.find(word).map(Unit::from)?;
                let (amount, _) = unit.multiply(&period);
                amount.as_currency().map(|_| (amount, months))
            })
    }

    fn share_of_period(&mut self, value: &Typed, kind: Type, months: i64) -> Typed {
        let share = Exact::ratio(1, months).unwrap_or_else(Exact::one);
        if let Some(constant) = &value.constant {
            let constant = constant.multiply(&share);
            return self.constant(constant, kind, value.span);
        }
        let by = self.number(months, Type::Number, value.span);
        let node = self.node(Op::Divide(value.node, by), kind.clone(), value.span);
        Typed {
            optional: value.optional,
            ..Typed::new(node, kind, value.span)
        }
    }

    /// Reports that something is stated twice where only one statement could count.
    pub fn stated_twice(&mut self, word: &str, first: Span, second: Span) {
        let finding =
            Diagnostic::error("stated-twice", second, format!("`{word}` is stated twice"))
                .here("the second time")
                .and_at(first, "the first time")
                .because("only one of the two could count, and the contract does not say which")
                .help("remove one of them");
        self.report(finding);
    }

    /// Reports that something required is missing.
    pub fn missing(
        &mut self,
        code: &'static str,
        span: Span,
        message: String,
        why: &str,
        help: String,
    ) {
        self.report(
            Diagnostic::error(code, span, message)
                .because(why)
                .help(help),
        );
    }
}

/// How a bare number is written as a percentage: 0.8 in a spreadsheet is 80%.
pub(super) fn as_percentage(value: &Typed, text: &str) -> String {
    let number = value.constant.as_ref().filter(|number| {
        let is_fraction = number.abs() < Exact::one() && !number.is_zero();
        is_fraction && !number.is_integer()
    });
    match number {
        Some(number) => {
            let hundredfold = number.multiply(&Exact::from_integer(100));
            format!("write `{hundredfold}%`, or `{text}%` if it really is that small")
        }
        None if value.constant == Some(Exact::one()) => {
            format!("write `100%`, or `{text}%` if it really is that small")
        }
        None => format!("write `{text}%`"),
    }
}

fn help_for(value: &Typed, wanted: &Type, text: &str) -> Option<String> {
    match (&value.kind, wanted) {
        (Type::Number, Type::Percent) if value.literal => Some(as_percentage(value, text)),
        (Type::Number, Type::Quantity(unit)) if value.literal => {
            Some(format!("write `{text} {unit}`"))
        }
        (Type::Percent, Type::Quantity(unit)) if unit.as_currency().is_some() => Some(format!(
            "say what it is a share of: `{text} of charges`, or of one charge by its name"
        )),
        (Type::PercentagePoints, Type::Quantity(_) | Type::Percent) => Some(format!(
            "write `({text}) as percent of charges` if each point is one percent of the charges"
        )),
        (Type::Quantity(unit), Type::Quantity(money))
            if money.as_currency().is_some() && is_money_times_counts(unit) =>
        {
            Some(
                "money is multiplied by a count: write a price for each, as in `20 EUR per call of calls`, or `2% of \
                 charges per full call of calls above 0 calls`"
                    .to_owned(),
            )
        }
        (Type::Quantity(unit), Type::Quantity(money))
            if unit.has_currency() && money.as_currency().is_some() =>
        {
            Some(format!("it is a price: say for how many, `{text} of …`"))
        }
        (Type::Flag, Type::Quantity(money)) if money.as_currency().is_some() => Some(format!(
            "say what is due if it is met: `if {text} then … {money} else 0 {money}`"
        )),
        (Type::Quantity(_) | Type::Number, Type::Flag) => {
            Some(format!("compare it with something: `{text} above …`"))
        }
        _ => None,
    }
}

/// Whether a unit is money times something counted, as in `EUR x calls`.
fn is_money_times_counts(unit: &Unit) -> bool {
    unit.has_currency()
        && unit.parts().all(|(_, exponent)| exponent > 0)
        && unit.as_currency().is_none()
}
