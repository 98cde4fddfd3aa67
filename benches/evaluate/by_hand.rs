//! The total of contract R1, written by hand for one kind of number, as a careful programmer would write it without the
//! language. It computes only the total, and nothing that a month does not need.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use quidpro::evaluate::Cell;

/// The month's inputs in the order of the contract.
pub type Inputs = [BigRational; 12];

/// The numbers of the contract, created once.
pub struct Terms {
    prices: [BigRational; 3],
    ends: [BigRational; 2],
    platform: BigRational,
    hourly: BigRational,
    weight: BigRational,
    marks: [BigRational; 4],
    limits: [[BigRational; 3]; 5],
    shares: [BigRational; 4],
    share_limits: [BigRational; 3],
    target: BigRational,
    critical: BigRational,
    excused: BigRational,
    credit: BigRational,
    critical_credit: BigRational,
    limit: BigRational,
    minimum: BigRational,
    cent: BigRational,
    half: BigRational,
}

fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

fn whole(value: i64) -> BigRational {
    ratio(value, 1)
}

/// The same months, for the code written by hand.
pub fn inputs(cells: &[Cell]) -> Inputs {
    std::array::from_fn(|at| match cells.get(at) {
        Some(Cell::Value(value)) => {
            let text = value.to_string();
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            let scale = 10_i64.pow(u32::try_from(fraction.len()).unwrap_or(0));
            ratio(format!("{whole}{fraction}").parse().unwrap_or(0), scale)
        }
        _ => BigRational::zero(),
    })
}

impl Terms {
    pub fn new() -> Self {
        let percents = |all: [i64; 3]| all.map(|one| ratio(one, 100));
        Self {
            prices: [ratio(420, 100), ratio(390, 100), ratio(360, 100)],
            ends: [whole(10_000), whole(30_000)],
            platform: whole(12_000),
            hourly: ratio(2350, 100),
            weight: ratio(20, 100),
            marks: [0, 50, 80, 100].map(whole),
            limits: [
                percents([70, 80, 90]),
                percents([350, 400, 450]),
                percents([60, 70, 80]),
                [75, 85, 92].map(whole),
                [480, 420, 360].map(whole),
            ],
            shares: [-10, -5, 0, 5].map(|one| ratio(one, 100)),
            share_limits: [60, 80, 95].map(whole),
            target: ratio(80, 100),
            critical: ratio(70, 100),
            excused: ratio(115, 100),
            credit: ratio(2, 100),
            critical_credit: ratio(5, 100),
            limit: ratio(12, 100),
            minimum: whole(60_000),
            cent: ratio(1, 100),
            half: ratio(1, 2),
        }
    }

    fn rounded(&self, value: &BigRational) -> BigRational {
        if *value < BigRational::zero() {
            return -self.rounded(&-value);
        }
        (value / &self.cent + &self.half).floor() * &self.cent
    }

    fn mark(
        &self,
        value: Option<&BigRational>,
        limits: &[BigRational; 3],
        rising: bool,
    ) -> &BigRational {
        let [zero, fifty, eighty, full] = &self.marks;
        let [first, second, third] = limits;
        let Some(value) = value else { return zero };
        let worse = |limit: &BigRational| if rising { value < limit } else { value > limit };
        match () {
            () if worse(first) => zero,
            () if worse(second) => fifty,
            () if worse(third) => eighty,
            () => full,
        }
    }

    fn handling(&self, handled: &BigRational) -> BigRational {
        let [first, next, beyond] = &self.prices;
        let [low, high] = &self.ends;
        let mut sum = first * handled.min(low);
        if handled > low {
            sum += next * (handled.min(high) - low);
        }
        if handled > high {
            sum += beyond * (handled - high);
        }
        self.rounded(&sum)
    }

    /// The total of a month.
    pub fn total(&self, inputs: &Inputs) -> BigRational {
        let [
            offered,
            answered,
            short,
            handled,
            seconds,
            surveys,
            points,
            resolved,
            qa,
            audits,
            forecast,
            hours,
        ] = inputs;
        let share =
            |above: &BigRational, below: BigRational| (!below.is_zero()).then(|| above / below);
        let level = share(answered, offered - short);
        let csat = share(points, surveys.clone());
        let fcr = share(resolved, handled.clone());
        let quality = share(qa, audits.clone());
        let aht = share(seconds, handled.clone());

        let handling = self.handling(handled);
        let charges = &handling + &self.platform + self.rounded(&(&self.hourly * hours));
        let [for_level, for_csat, for_fcr, for_quality, for_aht] = &self.limits;
        let score = &self.weight * self.mark(level.as_ref(), for_level, true)
            + &self.weight * self.mark(csat.as_ref(), for_csat, true)
            + &self.weight * self.mark(fcr.as_ref(), for_fcr, true)
            + &self.weight * self.mark(quality.as_ref(), for_quality, true)
            + &self.weight * self.mark(aht.as_ref(), for_aht, false);
        let band = self.share_limits.iter().position(|limit| score < *limit);
        let [.., most] = &self.shares;
        let adjusted = band.and_then(|at| self.shares.get(at)).unwrap_or(most);
        let adjustment = self.rounded(&(adjusted * &handling));

        let credit = match &level {
            Some(level) if *level < self.target && *offered <= &self.excused * forecast => {
                let share = if *level < self.critical {
                    &self.critical_credit
                } else {
                    &self.credit
                };
                self.rounded(&(share * &charges))
            }
            _ => BigRational::zero(),
        };
        let reduction = (-&adjustment).max(BigRational::zero());
        let (kept_reduction, kept_credit) =
            self.limited(&reduction, &credit, self.rounded(&(&self.limit * &charges)));
        let sum = charges + adjustment + (reduction - kept_reduction) - kept_credit;
        sum.max(self.minimum.clone())
    }

    /// The reduction and credit, cut to the limit in proportion, in whole cents and by largest remainder.
    fn limited(
        &self,
        reduction: &BigRational,
        credit: &BigRational,
        limit: BigRational,
    ) -> (BigRational, BigRational) {
        let sum = reduction + credit;
        if sum <= limit {
            return (reduction.clone(), credit.clone());
        }
        let factor = &limit / sum;
        let cents = [reduction, credit].map(|part| part * &factor / &self.cent);
        let [mut first, mut second] = cents.each_ref().map(BigRational::floor);
        let [first_rest, second_rest] = [&cents[0] - &first, &cents[1] - &second];
        let left = (limit / &self.cent - &first - &second)
            .to_i64()
            .unwrap_or(0);
        if left > 0 && first_rest >= second_rest {
            first += BigRational::one();
        } else if left > 0 {
            second += BigRational::one();
        }
        (first * &self.cent, second * &self.cent)
    }
}
