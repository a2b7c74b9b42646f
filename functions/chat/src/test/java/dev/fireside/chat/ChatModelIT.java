package dev.fireside.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Random programs beside a plain model: everybody's history, what they have not read, and what
/// they were notified of.
class ChatModelIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final List<String> PEOPLE = List.of("ann", "bob", "cleo", "dan");
  private static final int PROGRAMS = Integer.getInteger("fireside.programs", 4);
  private static final int STEPS = 90;

  private final Parlour parlour = new Parlour(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private static final class Line {
    final String sender;
    String text;
    boolean deleted;

    Line(String sender, String text) {
      this.sender = sender;
      this.text = text;
    }
  }

  /// What a chat should be.
  private static final class Model {
    final List<Line> lines = new ArrayList<>();
    final Map<String, Integer> read = new HashMap<>();
    final Map<String, Set<Integer>> hidden = new HashMap<>();
    final Set<String> blocks = new HashSet<>();

    boolean sees(String reader, Line line) {
      return line.deleted
          || !(blocks.contains(reader + line.sender) || blocks.contains(line.sender + reader));
    }

    List<String> history(String reader) {
      var texts = new ArrayList<String>();
      for (int seq = 1; seq <= lines.size(); seq++) {
        Line line = lines.get(seq - 1);
        if (sees(reader, line) && !hidden.getOrDefault(reader, Set.of()).contains(seq)) {
          texts.add(line.deleted ? "-" : line.text);
        }
      }
      return texts;
    }

    int unread(String reader) {
      int marker = read.getOrDefault(reader, 0);
      int count = 0;
      for (int seq = 1; seq <= lines.size(); seq++) {
        Line line = lines.get(seq - 1);
        if (line.sender.equals(reader)) {
          marker = Math.max(marker, seq);
        }
      }
      for (int seq = marker + 1; seq <= lines.size(); seq++) {
        Line line = lines.get(seq - 1);
        boolean shown = sees(reader, line) && !line.deleted;
        count += shown && !hidden.getOrDefault(reader, Set.of()).contains(seq) ? 1 : 0;
      }
      return Math.min(100, count);
    }
  }

  @Test
  void agreesWithThePlainModel() {
    for (int program = 0; program < PROGRAMS; program++) {
      long seed = program == 0 ? 1 : new Random().nextLong();
      fireside.resetData();
      parlour.people(PEOPLE.toArray(String[]::new));
      String chat = parlour.group("ann", "bob", "cleo", "dan");
      fireside.faults().setAll(faults(program));
      var model = new Model();
      var random = new Random(seed);
      // Once in a while a history beyond the chat's own document.
      int start = program % 2 == 1 ? 95 : 0;
      for (int i = 0; i < start; i++) {
        step(chat, model, random, 0);
      }
      for (int i = 0; i < STEPS; i++) {
        step(chat, model, random, random.nextInt(12));
      }
      fireside.settle();
      for (String reader : PEOPLE) {
        assertThat(parlour.history(reader, chat))
            .as("history of %s by seed %d", reader, seed)
            .isEqualTo(model.history(reader));
        assertThat(parlour.unread(reader, chat))
            .as("unread of %s by seed %d", reader, seed)
            .isEqualTo(model.unread(reader));
      }
      assertThat(fireside.project().deadLetters()).isEmpty();
    }
  }

  private static Fault faults(int program) {
    return switch (program % 4) {
      case 0 -> Fault.duplicate(1);
      case 1 -> Fault.reorder(Duration.ofMillis(50));
      case 2 -> Fault.loseAnswers(1);
      default -> Fault.NONE;
    };
  }

  private void step(String chat, Model model, Random random, int kind) {
    String who = PEOPLE.get(random.nextInt(PEOPLE.size()));
    String other = PEOPLE.get(random.nextInt(PEOPLE.size()));
    int seq = model.lines.isEmpty() ? 0 : 1 + random.nextInt(model.lines.size());
    switch (kind) {
      case 6 -> read(chat, model, who, seq);
      case 7 -> edit(chat, model, who, seq, "e" + random.nextInt(1_000));
      case 8 -> delete(chat, model, who, seq);
      case 9 -> hide(chat, model, who, seq);
      case 10 -> block(model, who, other);
      case 11 -> {
        if (random.nextInt(3) == 0) {
          fireside.flushRedis();
        }
      }
      default -> send(chat, model, who, "t" + random.nextInt(1_000), 1 + random.nextInt(2));
    }
  }

  private void send(String chat, Model model, String who, String text, int times) {
    String clientId = parlour.newId();
    for (int i = 0; i < times; i++) {
      assertThat(Parlour.seq(parlour.sendAs(who, chat, clientId, text), 201))
          .isEqualTo(model.lines.size() + 1L);
    }
    model.lines.add(new Line(who, text));
  }

  private void read(String chat, Model model, String who, int seq) {
    Parlour.checked(parlour.read(who, chat, seq), 200);
    model.read.merge(who, seq, Math::max);
  }

  private void edit(String chat, Model model, String who, int seq, String text) {
    int status =
        parlour
            .as(who)
            .patch(Parlour.message(chat, Math.max(1, seq)), Map.of("text", text))
            .status();
    Line line = seq == 0 ? null : model.lines.get(seq - 1);
    boolean own = line != null && line.sender.equals(who);
    assertThat(status).isEqualTo(line == null || line.deleted ? 404 : own ? 200 : 403);
    if (status == 200 && line != null) {
      line.text = text;
    }
  }

  /// ann owns the group, and may take away what the others wrote.
  private void delete(String chat, Model model, String who, int seq) {
    int status = parlour.as(who).delete(Parlour.message(chat, Math.max(1, seq))).status();
    Line line = seq == 0 ? null : model.lines.get(seq - 1);
    if (line == null) {
      assertThat(status).isEqualTo(404);
    } else if (line.deleted || line.sender.equals(who) || who.equals("ann")) {
      assertThat(status).isIn(204, 404);
      line.deleted = true;
    } else {
      assertThat(status).isEqualTo(403);
    }
  }

  private void hide(String chat, Model model, String who, int seq) {
    int status =
        parlour.as(who).delete(Parlour.message(chat, Math.max(1, seq)) + "?for=me").status();
    assertThat(status).isEqualTo(seq == 0 ? 404 : 204);
    if (seq > 0) {
      model.hidden.computeIfAbsent(who, _ -> new HashSet<>()).add(seq);
    }
  }

  private void block(Model model, String who, String other) {
    if (who.equals(other)) {
      return;
    }
    if (model.blocks.remove(who + other)) {
      parlour.unblock(who, other);
    } else {
      parlour.block(who, other);
      model.blocks.add(who + other);
    }
  }
}
