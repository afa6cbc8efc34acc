package ai.kale.train.djl;

import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Loss terms as the flat arrays of {@link TermScript}. Terms that read the same rows of the same
 * layer share one group, whose logits are computed once. Terms without rows are left out.
 */
final class TermPlan {
  private static final int CROSS_ENTROPY = 0;

  /** Rows of one layer, and the first term that reads them. */
  private record Group(int layer, LossTerm first) {
    RowSelection rows() {
      return first.rows();
    }

    boolean reads(int otherLayer, RowSelection other) {
      return layer == otherLayer
          && Arrays.equals(rows().sequences(), other.sequences())
          && Arrays.equals(rows().positions(), other.positions());
    }
  }

  private final DecoderConfig config;
  private final BatchPlan batch;
  private final List<Group> groups = new ArrayList<>();
  private final List<LossTerm> live = new ArrayList<>();
  private final int[] stamps;
  private int stamp;

  final long[] rows;
  final long[] groupFields;
  final long[] terms;
  final double[] scale;
  final long[] tokens;
  final int[] top;
  final float[] topLog;

  /**
   * Checks and lays out terms.
   *
   * @throws InvalidInputException if a layer, row or target is out of range; names the term
   */
  TermPlan(DecoderConfig config, BatchPlan batch, List<LossTerm> all) {
    this.config = config;
    this.batch = batch;
    this.stamps = new int[config.vocabularySize()];
    if (all.isEmpty()) {
      throw new InvalidInputException("there are no loss terms; give at least one");
    }
    for (LossTerm term : all) {
      int layer = named(term, () -> batch.layer(term.rows()));
      if (term.rows().count() > 0) {
        live.add(term);
        if (groups.stream().noneMatch(group -> group.reads(layer, term.rows()))) {
          groups.add(new Group(layer, term));
        }
      }
    }
    groups.sort(Comparator.comparingInt(Group::layer));
    rows = new long[groups.stream().mapToInt(group -> group.rows().count()).sum()];
    groupFields = new long[2 * groups.size()];
    layOutGroups();
    terms = new long[TermScript.TERM_FIELDS * live.size()];
    scale = new double[TermScript.TERM_SCALES * live.size()];
    tokens = new long[live.stream().mapToInt(TermPlan::tokenCount).sum()];
    top = new int[PassEntries.check(live.stream().mapToLong(TermPlan::topCount).sum())];
    topLog = new float[PassEntries.check(live.stream().mapToLong(this::topLogCount).sum())];
    layOutTerms();
  }

  /** Whether no term has rows. */
  boolean isEmpty() {
    return live.isEmpty();
  }

  /** Puts the values of the terms that have rows in their places; the others are 0. */
  double[] spread(List<LossTerm> all, float[] values) {
    double[] spread = new double[all.size()];
    int next = 0;
    for (int i = 0; i < spread.length; i++) {
      if (all.get(i).rows().count() > 0) {
        spread[i] = values[next++];
      }
    }
    return spread;
  }

  private void layOutGroups() {
    int at = 0;
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      int offset = at;
      named(
          group.first,
          () -> {
            batch.flatten(group.rows(), rows, offset);
            return group.layer;
          });
      groupFields[2 * g] = group.layer;
      groupFields[2 * g + 1] = group.rows().count();
      at += group.rows().count();
    }
  }

  private void layOutTerms() {
    int tokenAt = 0;
    int topAt = 0;
    int topLogAt = 0;
    for (int i = 0; i < live.size(); i++) {
      LossTerm term = live.get(i);
      int field = i * TermScript.TERM_FIELDS;
      terms[field] = groupOf(term);
      int factor = i * TermScript.TERM_SCALES;
      scale[factor] = term.weight() / term.divisor();
      scale[factor + 1] = 1;
      scale[factor + 2] = 0.5;
      if (term.target() instanceof RowTarget.Tokens target) {
        terms[field + 1] = CROSS_ENTROPY;
        terms[field + 2] = tokenAt;
        for (int token : target.tokens()) {
          batch.checkToken(token, "term " + term.name() + ", target", tokenAt, -1);
          tokens[tokenAt++] = token;
        }
      } else if (term.target() instanceof RowTarget.Match match) {
        scale[factor + 1] = match.temperature();
        scale[factor + 2] = match.divergence().beta();
        terms[field + 1] = code(match.divergence().kind());
        terms[field + 2] = topAt;
        terms[field + 3] = topLogAt;
        terms[field + 4] = match.q().k();
        layOut(term, match, topAt, topLogAt);
        topAt += (int) topCount(term);
        topLogAt += (int) topLogCount(term);
      }
    }
  }

  private void layOut(LossTerm term, RowTarget.Match match, int topAt, int topLogAt) {
    Distributions q = match.q();
    int k = q.k();
    boolean tail = k < config.vocabularySize();
    if (k < 1 || k > config.vocabularySize()) {
      throw new InvalidInputException(
          "term "
              + term.name()
              + ": distributions over "
              + k
              + " tokens do not fit a vocabulary of "
              + config.vocabularySize());
    }
    int out = topLogAt;
    for (int row = 0; row < q.rows(); row++) {
      stamp++;
      for (int j = row * k; j < (row + 1) * k; j++) {
        int token = q.ids()[j];
        batch.checkToken(token, "term " + term.name() + ", distribution", row, -1);
        if (stamps[token] == stamp) {
          throw new InvalidInputException(
              "term "
                  + term.name()
                  + ", distribution "
                  + row
                  + ": token "
                  + token
                  + " comes twice");
        }
        stamps[token] = stamp;
        top[topAt + j] = token;
        topLog[out++] = checkLog(term, match.divergence().kind(), row, q.logProbabilities()[j]);
      }
      if (tail) {
        topLog[out++] =
            checkLog(term, match.divergence().kind(), row, q.tailLogProbabilities()[row]);
      }
    }
  }

  private static int code(Divergence.Kind kind) {
    return switch (kind) {
      case FORWARD_KL -> 1;
      case REVERSE_KL -> 2;
      case JENSEN_SHANNON -> 3;
    };
  }

  private static float checkLog(LossTerm term, Divergence.Kind kind, int row, float value) {
    boolean endless = kind == Divergence.Kind.REVERSE_KL && value == Float.NEGATIVE_INFINITY;
    if (!(value <= 1e-3f) || endless) {
      throw new InvalidInputException(
          "term "
              + term.name()
              + ", distribution "
              + row
              + ": "
              + value
              + (endless
                  ? " is no target for the reverse divergence, which is infinite there"
                  : " is not the logarithm of a probability"));
    }
    return value;
  }

  private int groupOf(LossTerm term) {
    int layer = batch.layer(term.rows());
    for (int g = 0; g < groups.size(); g++) {
      if (groups.get(g).reads(layer, term.rows())) {
        return g;
      }
    }
    throw new IllegalStateException("no group for term " + term.name());
  }

  private static int tokenCount(LossTerm term) {
    return term.target() instanceof RowTarget.Tokens target ? target.count() : 0;
  }

  private static long topCount(LossTerm term) {
    return term.target() instanceof RowTarget.Match match
        ? (long) match.q().rows() * match.q().k()
        : 0;
  }

  private long topLogCount(LossTerm term) {
    return term.target() instanceof RowTarget.Match match
        ? (long) match.q().rows()
            * (match.q().k() + (match.q().k() < config.vocabularySize() ? 1 : 0))
        : 0;
  }

  private static int named(LossTerm term, java.util.function.IntSupplier check) {
    try {
      return check.getAsInt();
    } catch (InvalidInputException e) {
      throw new InvalidInputException("term " + term.name(), 0, String.valueOf(e.getMessage()), e);
    }
  }
}
