package ai.kale.testing;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.Labels;
import ai.kale.testing.WrongGraphs.Wrong;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Graphs that look up ids, names, labels or handles wrongly. */
final class WrongLookups {
  private WrongLookups() {}

  static final List<Wrong> ALL =
      List.of(
          new Wrong(
              "ids in lower case",
              "lookupsRoundTrip",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public String entityId(int entity) {
                      return super.entityId(entity).replace("http", "HTTP");
                    }
                  }),
          new Wrong(
              "unknown is zero",
              "unknownIdsAreMinusOne",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public int[] entities(List<String> ids) {
                      return Arrays.stream(super.entities(ids))
                          .map(handle -> Math.max(0, handle))
                          .toArray();
                    }
                  }),
          new Wrong(
              "empty means all",
              "nothingAskedIsNothingFound",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public List<List<String>> names(int[] handles) {
                      return super.names(handles.length == 0 ? new int[] {0} : handles);
                    }
                  }),
          new Wrong(
              "percent is decoded",
              "idsMayHoldSpacesPercentAndAnyScript",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public int[] entities(List<String> ids) {
                      return super.entities(
                          ids.stream().map(id -> id.replace("%20", " ")).toList());
                    }
                  }),
          new Wrong(
              "names without repetition",
              "namesAndLabelsOfManyAreThoseOfEach",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public List<List<String>> names(int[] handles) {
                      return super.names(Arrays.stream(handles).distinct().toArray());
                    }
                  }),
          new Wrong(
              "labels in handle order",
              "namesAndLabelsOfManyAreThoseOfEach",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public List<String> labels(int[] handles) {
                      return super.labels(Arrays.stream(handles).sorted().toArray());
                    }
                  }),
          new Wrong(
              "names in the order of strings",
              "namesAreThoseGivenAndTheLabelIsTheFirst",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public List<List<String>> names(int[] handles) {
                      return super.names(handles).stream()
                          .map(own -> own.stream().sorted().toList())
                          .toList();
                    }
                  }),
          new Wrong(
              "no aliases",
              "namesAreThoseGivenAndTheLabelIsTheFirst",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public List<List<String>> names(int[] handles) {
                      return super.names(handles).stream()
                          .map(own -> own.stream().limit(1).toList())
                          .toList();
                    }
                  }),
          new Wrong(
              "ids for labels",
              "namesAreThoseGivenAndTheLabelIsTheFirst",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public List<String> labels(int[] handles) {
                      return Arrays.stream(handles).mapToObj(this::entityId).toList();
                    }
                  }),
          new Wrong(
              "relations without labels",
              "namesAreThoseGivenAndTheLabelIsTheFirst",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public String relationLabel(int relation) {
                      return Labels.fromId(relationId(relation));
                    }
                  }),
          new Wrong(
              "handles anew at each call",
              "handlesAreDenseAndStay",
              rows ->
                  new ModelGraph(rows, false) {
                    private final AtomicInteger calls = new AtomicInteger();

                    @Override
                    public int[] entities(List<String> ids) {
                      int turn = calls.getAndIncrement();
                      return Arrays.stream(super.entities(ids))
                          .map(handle -> handle < 0 ? handle : (handle + turn) % entityCount())
                          .toArray();
                    }
                  }),
          new Wrong(
              "labels of anything",
              "handlesNeverIssuedAreRefused",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public String relationLabel(int relation) {
                      return "r" + relation;
                    }
                  }),
          new Wrong(
              "no arcs for wrong handles",
              "handlesNeverIssuedAreRefused",
              rows ->
                  new ModelGraph(rows, false) {
                    @Override
                    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
                      int count = entityCount();
                      super.expand(
                          Arrays.stream(frontier).filter(e -> e >= 0 && e < count).toArray(),
                          direction,
                          visitor);
                    }
                  }));
}
