package ai.kale.spi.tensor;

/** Where the low-rank adapter of a model comes from. */
public sealed interface AdapterSource permits LoraSpec, SavedAdapter {}
