// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace {

// Nothing here uses the engine's code: a plain reading of the files and of the definitions.

struct Sum {
  long count = 0;
  double sum = 0, min = 1e300, max = -1e300;
};
using Key = std::pair<std::string, long>; // device, second
const std::vector<std::string> kQuantities{"humidity", "pressure", "temperature"};
using Windows = std::map<std::string, std::map<Key, Sum>>; // by quantity

std::string textOf(const std::string &line, const char *key) {
  const char *at = std::strstr(line.c_str(), key);
  at = at ? at + std::strlen(key) : "";
  return {at, std::strcspn(at, "\",}")};
}

Windows windowsOf(const std::string &folder, long &lines) {
  Windows windows;
  for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file())
      continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line); ++lines) {
      std::tm time{};
      strptime(textOf(line, "\"EventEnqueuedUtcTime\":\"").c_str(), "%Y-%m-%dT%H:%M:%S", &time);
      const Key key{textOf(line, "\"deviceId\":\""), timegm(&time)};
      for (const std::string &quantity : kQuantities) {
        const double value = std::strtod(textOf(line, ("\"" + quantity + "\":").c_str()).c_str(), nullptr);
        Sum &sum = windows[quantity][key];
        ++sum.count;
        sum.sum += value;
        sum.min = std::min(sum.min, value);
        sum.max = std::max(sum.max, value);
      }
    }
  }
  return windows;
}

struct Row {
  Key key;
  std::string quantity;
  std::vector<double> numbers;
};

std::vector<Row> rowsOf(const QByteArray &csv) {
  std::vector<Row> rows;
  std::istringstream text(csv.toStdString());
  std::string line;
  std::getline(text, line); // the header
  while (std::getline(text, line)) {
    std::istringstream fields(line);
    std::string time, device, field;
    Row row;
    std::getline(fields, time, ',');
    std::getline(fields, device, ',');
    std::getline(fields, row.quantity, ',');
    std::tm at{};
    strptime(time.c_str(), "%Y-%m-%dT%H:%M:%S", &at);
    row.key = {device, timegm(&at)};
    while (std::getline(fields, field, ','))
      row.numbers.push_back(std::strtod(field.c_str(), nullptr));
    rows.push_back(std::move(row));
  }
  return rows;
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); }

} // namespace

/// The corpus that the product is measured with, checked to the last window.
class tst_TwoMillion : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void countsAndLayersAreExact();
};

void tst_TwoMillion::countsAndLayersAreExact() {
  const QTemporaryDir folder;
  const QString data = folder.filePath("data");
  const QString store = folder.filePath("store");
  QCOMPARE(QProcess::execute(METEOROGRAPH_PROGRAM, {"simulate", "--output", data, "--devices", "10", "--rate",
                                                    "400", "--duration", "500", "--fast"}),
           0);
  const auto run = [&](const QStringList &arguments) {
    QProcess program;
    program.start(METEOROGRAPH_PROGRAM, arguments);
    program.waitForFinished(240'000);
    return program.exitCode() == 0 ? program.readAllStandardOutput() : QByteArray();
  };
  const QByteArray report = run({"ingest", "--store", store, "--json", data});
  QVERIFY2(report.startsWith(
               "{\"files\":200,\"records\":2000000,\"accepted\":2000000,\"quarantined\":0,\"skipped\":0,"
               "\"readings\":2000000,"),
           report);
  long lines = 0;
  const Windows windows = windowsOf(data.toStdString(), lines);
  QCOMPARE(lines, 2'000'000);

  const std::vector<Row> silver = rowsOf(run({"export", "--store", store, "--layer", "silver"}));
  QCOMPARE(silver.size(), windows.at("temperature").size() * kQuantities.size());
  for (const Row &row : silver) {
    const Sum &sum = windows.at(row.quantity).at(row.key);
    QCOMPARE(row.numbers[0], static_cast<double>(sum.count));
    QVERIFY(near(row.numbers[1], sum.sum / static_cast<double>(sum.count)));
    QCOMPARE(row.numbers[2], sum.min);
    QCOMPARE(row.numbers[3], sum.max);
  }

  const std::vector<Row> gold = rowsOf(run({"export", "--store", store, "--layer", "gold"}));
  QCOMPARE(gold.size(), silver.size());
  for (const Row &row : gold) {
    const std::map<Key, Sum> &all = windows.at(row.quantity);
    double sums[3] = {0, 0, 0};
    int counts[3] = {0, 0, 0};
    for (auto at = all.find(row.key);; --at) {
      if (at->first.first != row.key.first)
        break;
      const long back = row.key.second - at->first.second;
      const double mean = at->second.sum / static_cast<double>(at->second.count);
      const bool within[3] = {counts[0] < 8, back < 15, back < 60};
      if (!within[0] && !within[2])
        break;
      for (int i = 0; i < 3; ++i)
        if (within[i]) {
          sums[i] += mean;
          ++counts[i];
        }
      if (at == all.begin())
        break;
    }
    for (int i = 0; i < 3; ++i)
      QVERIFY(near(row.numbers[static_cast<std::size_t>(i) + 1], sums[i] / counts[i]));
  }
}

METEOROGRAPH_TEST(tst_TwoMillion)
#include "tst_TwoMillion.moc"
