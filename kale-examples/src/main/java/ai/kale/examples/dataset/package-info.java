/**
 * Question sets: made from a graph's relation paths, or read from MetaQA, PathQuestion and JSONL.
 */
@NullMarked
package ai.kale.examples.dataset;

import org.jspecify.annotations.NullMarked;
