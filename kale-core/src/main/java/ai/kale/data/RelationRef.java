package ai.kale.data;

/**
 * A relation outside its graph.
 *
 * @param id its id in the graph
 * @param label the text that stands for it; untrusted text
 */
public record RelationRef(String id, String label) {}
