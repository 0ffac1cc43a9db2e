//! Medians, and how far they can be trusted.

/// The value below which `part` of the others lie; 0 of nothing.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    let at = part * last as f64;
    let value = |index: f64| sorted.get(index as usize).copied().unwrap_or(0.0);
    value(at.floor()) + (value(at.ceil()) - value(at.floor())) * at.fract()
}

pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The chance of a difference at least this large between two samples of one distribution: Mann-Whitney's U with the
/// normal approximation, which is exact enough from some twenty values on. Ties, rare among nanoseconds, count half.
pub fn mann_whitney(a: &[f64], b: &[f64]) -> f64 {
    let mut sorted = b.to_vec();
    sorted.sort_by(f64::total_cmp);
    let above = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let up_to = sorted.partition_point(|other| other <= value);
        (below + up_to) as f64 / 2.0
    };
    let u: f64 = a.iter().map(above).sum();
    let (n, m) = (a.len() as f64, b.len() as f64);
    let deviation = (n * m * (n + m + 1.0) / 12.0).sqrt();
    two_sided((u - n * m / 2.0) / deviation)
}

/// Both tails of the normal distribution (Abramowitz and Stegun 7.1.26, good to 1.5e-7).
fn two_sided(z: f64) -> f64 {
    let x = z.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let series = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    series.iter().fold(0.0, |sum, factor| (sum + factor) * t) * (-x * x).exp()
}

/// Where the difference of the medians lies with 95 % confidence: the bootstrap's percentiles.
pub fn confidence(a: &[f64], b: &[f64], dice: &mut Dice) -> (f64, f64) {
    let differences: Vec<f64> = (0..1_000).map(|_| median(&dice.draw(a)) - median(&dice.draw(b))).collect();
    (quantile(&differences, 0.025), quantile(&differences, 0.975))
}

/// Chance that is the same every time (SplitMix64), so that a run can be repeated.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 8).unwrap_or(0) % bound.max(1)
    }

    fn draw(&mut self, values: &[f64]) -> Vec<f64> {
        values.iter().filter_map(|_| values.get(self.below(values.len())).copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(dice: &mut Dice, shift: f64) -> Vec<f64> {
        (0..500).map(|_| shift + dice.below(1_000) as f64).collect()
    }

    #[test]
    fn quantiles_of_a_row() {
        let row = [3.0, 1.0, 2.0, 4.0];
        assert_eq!((median(&row), quantile(&row, 0.0), quantile(&row, 1.0)), (2.5, 1.0, 4.0));
    }

    #[test]
    fn samples_of_one_distribution_are_told_from_samples_of_two() {
        let mut dice = Dice(1);
        let (a, b, c) = (sample(&mut dice, 0.0), sample(&mut dice, 0.0), sample(&mut dice, 100.0));
        assert!(mann_whitney(&a, &b) > 0.05 && mann_whitney(&a, &c) < 0.001);
        let (low, high) = confidence(&c, &a, &mut dice);
        assert!(low < 100.0 && 100.0 < high && low > 0.0);
    }

    #[test]
    fn the_tails_of_the_normal_distribution() {
        assert!((two_sided(1.959_964) - 0.05).abs() < 1e-6 && (two_sided(0.0) - 1.0).abs() < 1e-6);
    }
}
