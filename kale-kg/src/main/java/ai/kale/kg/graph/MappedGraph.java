package ai.kale.kg.graph;

import java.util.List;

/** A graph in a mapped file, with the sections for checking all of it. */
record MappedGraph(GraphContent content, List<MappedSection> sections) {}
