//! How far the confidence of a tree tells right articles from wrong ones.

/// Bands of confidence: each from the bound before it.
const BANDS: [f64; 4] = [0.7, 0.9, 0.97, 1.01];

/// A text: its confidence, its share of right articles, and for each article its confidence and whether it is right.
type Text<'a> = (f64, f64, &'a [(f64, bool)]);

/// Prints, for texts as (confidence, share of right articles, articles as (confidence, right)): the correlation of ranks, and the
/// share of right articles in each band.
pub fn show(texts: &[Text]) {
    let (stated, measured): (Vec<f64>, Vec<f64>) = texts.iter().map(|text| (text.0, text.1)).unzip();
    println!("confidence of texts: Spearman {:.2} with the share of right articles", correlation(&ranks(&stated), &ranks(&measured)));
    let mut from = 0.0;
    for to in BANDS {
        let inside: Vec<f64> = texts.iter().filter(|text| (from..to).contains(&text.0)).map(|text| text.1).collect();
        println!("  {from:.2} to {:.2}: {:4} texts, mean share right {:.3}", to.min(1.0), inside.len(), mean(&inside));
        from = to;
    }
    println!("confidence of articles");
    from = 0.0;
    for to in BANDS {
        let inside: Vec<f64> = texts
            .iter()
            .flat_map(|text| text.2)
            .filter(|article| (from..to).contains(&article.0))
            .map(|article| f64::from(u8::from(article.1)))
            .collect();
        println!("  {from:.2} to {:.2}: {:5} articles, share right {:.3}", to.min(1.0), inside.len(), mean(&inside));
        from = to;
    }
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { f64::NAN } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// The rank of each value; equal values share the mean of their ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&one, &other| values[one].total_cmp(&values[other]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    while first < order.len() {
        let last = order[first..].iter().take_while(|&&at| values[at] == values[order[first]]).count() + first;
        for &at in &order[first..last] {
            ranks[at] = (first + last - 1) as f64 / 2.0;
        }
        first = last;
    }
    ranks
}

/// Pearson's correlation.
fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let (mean_one, mean_other) = (mean(one), mean(other));
    let product: f64 = one.iter().zip(other).map(|(a, b)| (a - mean_one) * (b - mean_other)).sum();
    let spread = |values: &[f64], mean: f64| values.iter().map(|value| (value - mean).powi(2)).sum::<f64>().sqrt();
    product / (spread(one, mean_one) * spread(other, mean_other))
}
