package ai.kale.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.Property;

/** Each test of the contract of graphs catches a wrong one. */
class GraphContractsTest {
  /** Triples on which the wrong graphs show. */
  private static List<String[]> sample() {
    String e = "http://example.org/entity/e";
    String r = "http://example.org/relation/r";
    return List.of(
        new String[] {e + 1, r + 1, e + 1},
        new String[] {e + 1, r + 1, e + 2},
        new String[] {e + 1, r + 1, e + 2},
        new String[] {e + 1, r + 2, e + 2},
        new String[] {e + 2, r + 1, e + 1});
  }

  private static KnowledgeGraphContract contract(Function<List<String[]>, ModelGraph> make) {
    return new KnowledgeGraphContract() {
      @Override
      protected KnowledgeGraph create(List<String[]> triples) {
        return make.apply(triples);
      }

      @Override
      protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
        return Optional.of(make.apply(triples));
      }

      @Override
      protected Optional<KnowledgeGraph> createNamed(
          List<String[]> triples, Map<String, List<String>> names) {
        return Optional.of(make.apply(triples).named(names));
      }
    };
  }

  private static List<Method> tests() {
    return Arrays.stream(KnowledgeGraphContract.class.getMethods())
        .filter(m -> m.isAnnotationPresent(Property.class) || m.isAnnotationPresent(Example.class))
        .toList();
  }

  private static void run(KnowledgeGraphContract contract, String test) throws Throwable {
    Method method =
        tests().stream().filter(m -> m.getName().equals(test)).findFirst().orElseThrow();
    try {
      if (method.getParameterCount() == 0) {
        method.invoke(contract);
      } else {
        method.invoke(contract, sample());
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Example
  void eachWrongGraphFailsItsTest() throws Throwable {
    KnowledgeGraphContract right = contract(triples -> new ModelGraph(triples, false));
    for (WrongGraphs.Wrong wrong : WrongGraphs.all()) {
      run(right, wrong.test());
      assertThatThrownBy(() -> run(contract(wrong.make()), wrong.test()))
          .as("%s in %s", wrong.mistake(), wrong.test())
          .isInstanceOfAny(AssertionError.class, RuntimeException.class);
    }
  }

  @Example
  void eachTestOfTheContractHasAWrongGraph() {
    Set<String> caught =
        WrongGraphs.all().stream().map(WrongGraphs.Wrong::test).collect(Collectors.toSet());
    Set<String> all = tests().stream().map(Method::getName).collect(Collectors.toSet());
    assertThat(new TreeSet<>(caught)).isEqualTo(new TreeSet<>(all)).isNotEmpty();
  }
}
