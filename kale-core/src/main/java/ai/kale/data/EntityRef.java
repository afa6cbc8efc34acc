package ai.kale.data;

/**
 * An entity outside its graph.
 *
 * @param id its id in the graph
 * @param label the text that stands for it; untrusted text
 */
public record EntityRef(String id, String label) {}
