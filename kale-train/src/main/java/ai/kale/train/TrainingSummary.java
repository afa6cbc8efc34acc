package ai.kale.train;

/**
 * What a run of the loop did.
 *
 * @param firstStep steps that were already made when it started; 0 unless resumed
 * @param steps steps made in all
 * @param tokens tokens run through the model in training passes, earlier parts of a resumed run
 *     included
 * @param lastLoss total loss of the last step in nats; NaN if no step was left to make
 */
public record TrainingSummary(int firstStep, int steps, long tokens, double lastLoss) {}
