// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreReader.h"
#include "tests/support/StoreDump.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QProcess>
#include <QtTest>

#include <random>
#include <set>
#include <signal.h>

using namespace meteorograph;

/// What must hold for any correction that is cut short.
class tst_CorrectionLaws : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  QString path(const QString &name) const { return m_folder.filePath(name); }
  void write(const QString &name, const std::string &content) const {
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(content));
  }
  /// −1: it was killed.
  int ingest(const QString &store, const QString &mapping, int kill_after_ms = -1) const;
  std::unique_ptr<StoreReader> reader(const QString &store) const {
    return std::move(*StoreReader::open(path(store).toStdString()));
  }

private Q_SLOTS:
  void killedInTheMiddleItLeavesOldOrNew();
};

int tst_CorrectionLaws::ingest(const QString &store, const QString &mapping, int kill_after_ms) const {
  QProcess program;
  program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
  program.start(METEOROGRAPH_PROGRAM,
                {"ingest", "--store", path(store), "--map", path(mapping), path("data")});
  if (kill_after_ms < 0 || program.waitForFinished(kill_after_ms))
    program.waitForFinished(60'000);
  else
    ::kill(static_cast<pid_t>(program.processId()), SIGKILL), program.waitForFinished();
  return program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1;
}

void tst_CorrectionLaws::killedInTheMiddleItLeavesOldOrNew() {
  constexpr int kFiles = 5;
  constexpr int kLines = 12'000;
  QVERIFY(QDir(m_folder.path()).mkdir("data"));
  for (int i = 0; i < kFiles; ++i) {
    std::string text;
    for (int line = 0; line < kLines; ++line)
      text += jsonLine("d" + std::to_string(line % 3), i * kLines / 2 + line, line % 11);
    write("data/" + QString::number(i), text);
  }
  write("objects.json", R"({"format": "json"})");
  write("other.json", R"({"format": "line_protocol"})");
  QCOMPARE(ingest("calm", "objects.json"), 0);
  QCOMPARE(ingest("killed", "other.json"), 0);

  std::mt19937 random(17);
  int kills = 0;
  std::set<std::int64_t> seen;
  for (int i = 0; i < 16; ++i) {
    kills += ingest("killed", i % 2 == 0 ? "objects.json" : "other.json",
                    30 + static_cast<int>(random() % 400)) == -1;
    std::int64_t readings = 0;
    const std::vector<FileStatus> files = *reader("killed")->files(-1, 0);
    for (const FileStatus &file : files) {
      QVERIFY2(file.readings == 0 || file.readings == kLines, qPrintable(QString::number(file.readings)));
      QCOMPARE(file.counts.records, kLines);
      readings += file.readings;
    }
    seen.insert(readings);
    QCOMPARE(storeInconsistency(path("killed").toStdString()), QString());
  }
  qInfo("%d of 16 runs were killed, %d states seen", kills, static_cast<int>(seen.size()));
  QCOMPARE(ingest("killed", "objects.json"), 0);
  QCOMPARE(QString::fromStdString(dumpStore(*reader("killed"), true)),
           QString::fromStdString(dumpStore(*reader("calm"), true)));
}

METEOROGRAPH_TEST(tst_CorrectionLaws)
#include "tst_CorrectionLaws.moc"
