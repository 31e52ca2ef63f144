"""What the evidence model learns from: data sets, generated examples, and the schedule of a training run."""
