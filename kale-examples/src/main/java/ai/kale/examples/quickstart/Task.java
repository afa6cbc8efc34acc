package ai.kale.examples.quickstart;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.examples.dataset.GraphFacts;
import java.util.List;
import java.util.Map;

/**
 * What is trained and tested on.
 *
 * @param name for the report
 * @param facts what the small model is taught
 * @param pool questions to train on with rationales from extracted paths, all phrasings
 * @param ownPool the same questions with rationales from their own stated path, by question id;
 *     without those that state none
 * @param test questions to test on, one phrasing each
 * @param testRationales rationale of each test question, by id: for the base model that reads it
 * @param heldOut all held-out questions with their paths: their answers must not be supervised as
 *     bridges
 * @param notes what happened on the way, line by line: counts of what was linked, found and left
 *     out
 */
record Task(
    String name,
    GraphFacts facts,
    List<RationalizedQuestion> pool,
    Map<String, RationalizedQuestion> ownPool,
    List<Question> test,
    Map<String, RationalizedQuestion> testRationales,
    List<GroundedQuestion> heldOut,
    List<String> notes) {}
