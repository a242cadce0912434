// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/CrashHistory.h"

#include "core/source/ReadAgain.h"
#include "core/store/Corrections.h"
#include "core/store/Levels.h"
#include "core/store/Schema.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <random>

using namespace meteorograph;

namespace {

using Random = std::mt19937;

const std::array<const char *, 3> kFiles{"a.json", "b.json", "c.json"};

/// What the store says of one thing; false where it cannot be asked.
bool askFor(const StoreHarness &harness, const std::string &sql, std::optional<std::int64_t> &answer) {
  Result<Database> database = Database::open(harness.store(), Database::Mode::ReadOnly);
  if (!database)
    return false;
  database->takeFailure();
  answer = database->integer(sql);
  return !database->takeFailure();
}

using Change = std::function<Result<Corrected>(Corrections &, std::int64_t)>;

/// Does it to what `sql` finds, if there is any; false where that failed, and is to be done again.
bool correct(StoreHarness &harness, const std::string &sql, const Change &change) {
  static const std::atomic<bool> kNever{false};
  std::optional<std::int64_t> id;
  if (!askFor(harness, sql, id))
    return false;
  if (!id)
    return true;
  Corrections corrections(harness.writer(), kNever);
  const Result<Corrected> done = change(corrections, *id);
  if (!done)
    harness.errors.push_back(done.error());
  // What makes no sense, or no longer does, is refused each time.
  return done || done.error().code == ErrorCode::Usage || done.error().code == ErrorCode::Unreadable;
}

std::string fileNamed(const std::string &name) {
  return "SELECT id FROM file WHERE active = 1 AND state NOT IN (4, 5, 6) AND path LIKE '%/" + name + "'";
}

std::string deviceNamed(const std::string &name) {
  return "SELECT id FROM device WHERE name = '" + name + "'";
}

Result<Corrected> readAgain(Corrections &corrections, std::int64_t id, TimeUs now) {
  const Result<FileCheckpoint> file = corrections.file(id);
  if (!file)
    return tl::unexpected(file.error());
  Result<FileDecision> decision = decideToReadAgain(*file, now);
  if (!decision)
    return tl::unexpected(decision.error());
  FileReader::Options options;
  options.take_tail = true;
  return corrections.replaceReadings(
      *file, [&](const Corrections::Sink &sink) { return readToEnd(*decision, options, true, sink); });
}

/// Writes lines for the files of one history.
class Lines {
public:
  explicit Lines(Random &random) : m_random(random) {}

  std::string some(std::size_t file, int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
      text += one(file);
    return text;
  }

private:
  std::string one(std::size_t file) {
    const int kind = static_cast<int>(m_random() % 24);
    m_second += 1 + static_cast<int>(m_random() % 40);
    if (kind == 0)
      return "{\"deviceId\": \"broken\n";
    const std::string device = "d" + std::to_string(m_random() % 3 + file);
    const int second = m_second - (kind < 3 ? static_cast<int>(m_random() % 6000) : 0);
    const double value = static_cast<double>(m_random() % 4000) / 100 - 10;
    if (kind > 4)
      return jsonLine(device, second, value);
    return "{\"deviceId\":\"" + device + "\",\"temperature\":" + std::to_string(value) + ",\"q" +
           std::to_string(m_random() % 5) + "\":" + std::to_string(m_random() % 100) + ",\"note\":\"" +
           std::string(m_random() % 200, 'n') + "\",\"EventEnqueuedUtcTime\":\"" +
           formatIsoTime(1'700'000'000 * kSecond + second * kSecond) + "\"}\n";
  }

  Random &m_random;
  int m_second = 0;
};

/// Files that have something to do are read in the order of their times, which must be the same each time.
void date(StoreHarness &harness, const std::string &name, int number) {
  if (std::filesystem::exists(harness.path(name)))
    harness.age(name, kHour / 2 - number * kSecond);
}

/// A step of files alone.
CrashHistory::Step files(Random &random, std::string name, std::function<void(StoreHarness &)> change) {
  const bool following = random() % 2 == 0;
  return {std::move(change), [following](StoreHarness &harness) { return harness.ingest(following); },
          std::move(name)};
}

CrashHistory::Step ofStore(std::string name, std::function<bool(StoreHarness &)> take) {
  return {[](StoreHarness &) {}, std::move(take), std::move(name)};
}

CrashHistory::Step growth(Random &random, Lines &lines, int number) {
  const std::size_t file = random() % kFiles.size();
  const bool big = random() % 8 == 0;
  std::string text = lines.some(file, static_cast<int>(random() % (big ? 1500 : 60) + 1));
  if (random() % 3 == 0) // without its end
    text.pop_back();
  else if (random() % 3 == 0)
    text.resize(text.size() - random() % std::min<std::size_t>(text.size(), 30));
  return files(random, "grows", [=](StoreHarness &harness) {
    harness.append(std::string("data/") + kFiles[file], text);
    harness.now += 7 * kSecond;
    date(harness, std::string("data/") + kFiles[file], number);
  });
}

CrashHistory::Step fileStep(Random &random, Lines &lines, int number) {
  const std::size_t file = random() % kFiles.size();
  const std::string name = std::string("data/") + kFiles[file];
  const std::string text = lines.some(file, static_cast<int>(random() % 200 + 1));
  const auto there = [name](StoreHarness &harness) { return std::filesystem::exists(harness.path(name)); };
  switch (random() % 5) {
  case 0:
    return files(random, "rotates", [=](StoreHarness &harness) {
      if (there(harness))
        harness.rename(name, name + "." + std::to_string(number));
      harness.write(name, text);
      date(harness, name, number);
    });
  case 1:
    return files(random, "is emptied", [=](StoreHarness &harness) {
      if (there(harness))
        harness.truncate(name);
      date(harness, name, number);
    });
  case 2:
    return files(random, "is replaced", [=](StoreHarness &harness) {
      harness.write("new", text);
      harness.rename("new", name);
      date(harness, name, number);
    });
  case 3:
    return files(random, "is sent again", [=](StoreHarness &harness) {
      if (there(harness))
        harness.copy(name, "data/again" + std::to_string(number));
      date(harness, "data/again" + std::to_string(number), number);
    });
  default:
    return files(random, "goes", [=](StoreHarness &harness) {
      if (there(harness))
        harness.rename(name, "data/moved" + std::to_string(number));
    });
  }
}

CrashHistory::Step correction(Random &random, int number) {
  const std::string file = kFiles[random() % kFiles.size()];
  const std::string device = "d" + std::to_string(random() % 4);
  const std::string other = "d" + std::to_string(random() % 4);
  switch (random() % 4) {
  case 0:
    return ofStore("file read again", [=](StoreHarness &harness) {
      return correct(harness, fileNamed(file), [&](Corrections &corrections, std::int64_t id) {
        return readAgain(corrections, id, harness.now);
      });
    });
  case 1:
    return ofStore("file taken out", [=](StoreHarness &harness) {
      return correct(harness, fileNamed(file), [&](Corrections &corrections, std::int64_t id) {
        return corrections.file(id).and_then(
            [&](const FileCheckpoint &found) { return corrections.removeReadings(found); });
      });
    });
  case 2:
    return ofStore("device renamed", [=](StoreHarness &harness) {
      return correct(harness, deviceNamed(device), [&](Corrections &corrections, std::int64_t id) {
        return corrections.renameDevice(id, "e" + std::to_string(number));
      });
    });
  default:
    return ofStore("devices merged", [=](StoreHarness &harness) {
      std::optional<std::int64_t> into;
      if (!askFor(harness, deviceNamed(other), into))
        return false;
      return !into || device == other ||
             correct(harness, deviceNamed(device), [&](Corrections &corrections, std::int64_t id) {
               return corrections.mergeDevices(id, *into);
             });
    });
  }
}

CrashHistory::Step duplicates(bool leave_out) {
  return ofStore(leave_out ? "duplicates left out" : "duplicates count", [leave_out](StoreHarness &harness) {
    const Result<void> added = harness.writer().addSource(harness.path("data"), false);
    return added && correct(harness, "SELECT id FROM source", [&](Corrections &corrections, std::int64_t id) {
             return corrections.leaveOutDuplicates(id, leave_out);
           });
  });
}

CrashHistory::Step retention(Random &random) {
  RetentionSettings settings;
  settings.of(StoreLayer::Bronze) = *parseLimits("1h");
  settings.of(StoreLayer::Silver) = *parseLimits(random() % 2 ? "2h" : "4h");
  const auto rows = static_cast<std::int64_t>(random() % 300 + 20);
  return ofStore("gives up", [=](StoreHarness &harness) { return harness.keep(settings, rows); });
}

} // namespace

CrashHistory::CrashHistory(unsigned seed) : gives_up(seed % 3 == 0) {
  constexpr int kSteps = 26;
  Random random(seed);
  Lines lines(random);
  if (seed % 2 == 0)
    steps.push_back(duplicates(true));
  for (int number = 1; number <= kSteps; ++number) {
    const auto kind = random() % 16;
    if (kind < 8)
      steps.push_back(growth(random, lines, number));
    else if (kind < 12)
      steps.push_back(fileStep(random, lines, number));
    else if (kind < 14)
      steps.push_back(correction(random, number));
    else if (kind < 15 && gives_up)
      steps.push_back(retention(random));
    else
      steps.push_back(ofStore("log emptied", [](StoreHarness &harness) {
        harness.writer().checkpoint();
        return true;
      }));
  }
  if (seed % 4 == 0)
    steps.push_back(duplicates(false));
  if (gives_up)
    steps.push_back(retention(random));
  for (int i = 0; i < 2; ++i)
    steps.push_back({[](StoreHarness &harness) { harness.now += kMinute; },
                     [](StoreHarness &harness) { return harness.ingest(false); }, "ends"});
}

QStringList tablesOf(const std::string &store) {
  Result<Database> database = Database::open(store, Database::Mode::ReadOnly);
  QStringList all;
  const auto add = [&](const char *table, const std::string &sql) {
    Statement rows = database->prepareOnce(sql);
    while (rows.next()) {
      QString text = table;
      for (int column = 0; !rows.isNull(column) || column < 40; ++column)
        text += '|' + QString::fromUtf8(rows.text(column).data(), static_cast<int>(rows.text(column).size()));
      all << text;
    }
    if (rows.failed())
      all << QString("%1 cannot be read: ").arg(table) + QString::fromStdString(database->message());
  };
  const std::string path = "substr(f.path, length(rtrim(f.path, replace(f.path, '/', ''))) + 1)";
  std::string values, windows;
  std::vector<Quantity> quantities = loadQuantities(*database);
  sortForPeople(quantities);
  for (const Quantity &quantity : quantities) {
    values += ", b." + quotedName(quantity.column);
    for (const char *suffix : {"_count", "_min", "_max", "_sum"})
      windows += ", printf('%.17g', " + quotedName(quantity.column + suffix) + ")";
  }
  add("bronze", "SELECT " + path +
                    ", f.generation, b.line, b.\"offset\", d.name, b.event_time_us, b.flags,"
                    " b.rescued" +
                    values +
                    " FROM bronze b JOIN file f ON f.id = b.file_id JOIN device d ON"
                    " d.id = b.device_id ORDER BY 1, 2, 3, 4");
  for (const Level &level : kLevels)
    add(level.table, "SELECT d.name, w.start_s, w.late" + windows + " FROM " + level.table +
                         " w JOIN device d ON d.id = w.device_id ORDER BY 1, 2");
  add("file",
      "SELECT " + path +
          ", generation, active, CASE state WHEN 1 THEN 2 ELSE state END, size, \"offset\", line, "
          "pending_bytes,"
          " tail_bytes, tail_records, records, accepted, quarantined, skipped, readings, late, format,"
          " error FROM file f ORDER BY 1, 2");
  add("quarantine", "SELECT " + path +
                        ", f.generation, q.line, q.\"offset\", q.reason, q.text, q.tail FROM"
                        " quarantine q JOIN file f ON f.id = q.file_id ORDER BY 1, 2, 3, 4");
  add("device", "SELECT name, readings, late, first_us, newest_us, watermark_us FROM device ORDER BY 1");
  add("alias", "SELECT a.name, d.name FROM device_alias a JOIN device d ON d.id = a.device_id ORDER BY 1");
  add("totals", "SELECT records, accepted, quarantined, skipped, readings, late, silver_rows FROM totals");
  add("retention", "SELECT layer, max_age_us, horizon_s, rows_deleted, too_late FROM retention ORDER BY 1");
  add("frozen", "SELECT " + path +
                    ", f.generation, z.before_s FROM file_frozen z JOIN file f ON"
                    " f.id = z.file_id ORDER BY 1, 2");
  return all;
}

namespace {

bool isSame(const QString &seen, const QString &expected) {
  const QStringList x = seen.split('|');
  const QStringList y = expected.split('|');
  bool same = x.size() == y.size();
  for (qsizetype i = 0; same && i < x.size(); ++i) {
    bool isNumber = false;
    const double u = x[i].toDouble(&isNumber);
    const double v = y[i].toDouble();
    // Minima and maxima are among them: they are the same text.
    same = x[i] == y[i] || (isNumber && std::abs(u - v) <= 1e-12 * std::max(1.0, std::abs(v)));
  }
  return same;
}

} // namespace

QString difference(const QStringList &seen, const QStringList &expected) {
  for (qsizetype i = 0; i < std::max(seen.size(), expected.size()); ++i) {
    const QString x = seen.value(i), y = expected.value(i);
    if (x != y && !isSame(x, y))
      return QString("row %1 is %2 instead of %3").arg(i).arg(x, y);
  }
  return {};
}
