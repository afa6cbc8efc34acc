package ai.kale.kg.neo4j;

import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ProtocolException;
import org.neo4j.driver.exceptions.RetryableException;
import org.neo4j.driver.exceptions.SecurityException;
import org.neo4j.driver.exceptions.TransactionTerminatedException;

/** What the driver throws, sorted by what the caller does next. */
final class Neo4jFailures {
  private Neo4jFailures() {}

  /**
   * The exception to throw instead.
   *
   * @param e from the driver
   */
  static RuntimeException of(RuntimeException e) {
    if (Thread.currentThread().isInterrupted()) {
      return e; // the base class makes a cancellation of it
    }
    if (e instanceof IllegalStateException) {
      return new SetupException(
          "the Neo4j driver cannot be used: " + e.getMessage() + "; keep it open", e);
    }
    if (!(e instanceof Neo4jException failure)) {
      return e;
    }
    String what = " (" + failure.code() + ": " + failure.getMessage() + ")";
    if (failure instanceof RetryableException
        || failure instanceof TransactionTerminatedException) {
      return new TransientFailureException(
          "Neo4j cannot be reached or is busy" + what + "; check that it is up, then try again", e);
    }
    if (failure instanceof SecurityException) {
      return new SetupException(
          "Neo4j refuses access"
              + what
              + "; check the user, the password and the name of the database",
          e);
    }
    if (failure instanceof ClientException || failure instanceof ProtocolException) {
      return new SetupException(
          "Neo4j refuses the query"
              + what
              + "; check the options and that the server is Neo4j 5 or later",
          e);
    }
    return new TransientFailureException(
        "Neo4j failed" + what + "; look into its log, then try again", e);
  }
}
