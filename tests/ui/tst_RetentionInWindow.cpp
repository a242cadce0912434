// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/CorrectionsBench.h"
#include "ui/dialogs/RetentionDialog.h"
#include "ui/format/RetentionText.h"
#include "ui/panels/PipelinePanel.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

/// 12 GB, of which a year's readings are most.
RetentionStatus sampleRetention() {
  RetentionStatus status;
  status.store_bytes = 12'000'000'000;
  status.disk_free_bytes = 80'000'000'000;
  status.growth_span_us = kDay;
  status.bytes_per_day = 2'000'000'000;
  status.days_until_full = 40;
  status.forecast = RetentionStatus::Forecast::Days;
  status.gives_back = true;
  status.of(StoreLayer::Bronze).rows = 200'000'000;
  status.of(StoreLayer::Bronze).bytes = 9'000'000'000;
  return status;
}

} // namespace

/// Retention from the window: typed, foretold, asked once, made.
class tst_RetentionInWindow : public QObject {
  Q_OBJECT
  struct Bench : CorrectionsBench {
    QSignalSpy retained{&corrections, &Corrections::retained};
    Bench() {
      engine->retention = sampleRetention();
      corrections.editRetention();
      QTRY_VERIFY(dialog());
    }
    RetentionDialog *dialog() const { return window.findChild<RetentionDialog *>(); }
    QLineEdit *edit(const char *name) const {
      for (QLineEdit *edit : dialog()->findChildren<QLineEdit *>())
        if (edit->accessibleName() == QLatin1String(name))
          return edit;
      return nullptr;
    }
    QPushButton *apply() const {
      for (QPushButton *button : dialog()->findChildren<QPushButton *>())
        if (button->text().contains("Apply"))
          return button;
      return nullptr;
    }
    bool says(const char *words) const {
      for (const QLabel *label : dialog()->findChildren<QLabel *>())
        if (label->text().contains(QString::fromUtf8(words)))
          return true;
      return false;
    }
  };

private Q_SLOTS:
  void showsWhatIsKeptAndHowLongTheDiskLasts() {
    Bench bench;
    QVERIFY(bench.says("9.0\u00a0GB"));
    QVERIFY(bench.says("full in about 40 days"));
    QVERIFY(bench.edit("Bronze: keep for")->text().isEmpty());
    QTRY_VERIFY(bench.says("Nothing would be given up"));
  }

  void foretellsWhatIsTypedAndAsksOnce() {
    Bench bench;
    LayerStatus &bronze = bench.engine->retention.of(StoreLayer::Bronze);
    bronze.doomed_rows = 150'000'000;
    bronze.doomed_bytes = 7'000'000'000;
    bronze.doomed_before_us = 1'767'225'600 * kSecond; // 2026-01-01T00:00:00Z
    bench.edit("Bronze: keep for")->setText("30 d");
    bench.edit("Bronze: up to")->setText("20GB");
    QTRY_VERIFY(bench.says("150,000,000 readings"));
    QVERIFY(bench.says("There is no undo"));
    const RetentionSettings wanted{{LayerLimits{30 * kDay, 20'000'000'000}, {}, {}}};
    QVERIFY(bench.engine->retentionAsked.back() == wanted);
    bench.apply()->click();
    QVERIFY(bench.engine->retained.empty()); // asked first, with the amount
    QVERIFY(bench.bar.isVisibleTo(&bench.window));
    QVERIFY(bench.bar.findChild<QLabel *>()->text().contains("150,000,000 readings"));
    bench.bar.findChildren<QPushButton *>().first()->click();
    QCOMPARE(bench.engine->retained.size(), std::size_t{1});
    QVERIFY(bench.engine->retained.front() == wanted);
    QTRY_COMPARE(bench.retained.count(), 1);
    QVERIFY(bench.told.first().first().toString().contains("bronze 30d, 20GB"));
  }

  void whatLosesNothingIsNotAsked() {
    Bench bench;
    bench.edit("Bronze: up to")->setText("1TB");
    QTRY_VERIFY(bench.says("Nothing would be given up"));
    QTRY_VERIFY((bench.apply()->click(), !bench.engine->retained.empty()));
    QVERIFY(!bench.bar.isVisibleTo(&bench.window));
  }

  void refusesWhatMakesNoSense_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("no age") << "Bronze: keep for"
                            << "a month"
                            << "is no age";
    QTest::newRow("a size for an age") << "Bronze: keep for"
                                       << "20GB"
                                       << "is no age";
    QTest::newRow("an age for a size") << "Bronze: up to"
                                       << "30d"
                                       << "is no size";
    QTest::newRow("silver alone") << "Silver: keep for"
                                  << "30d"
                                  << "Silver must be kept at least as long";
  }

  void refusesWhatMakesNoSense() {
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, says);
    Bench bench;
    bench.edit(qPrintable(field))->setText(text);
    QVERIFY(bench.says(qPrintable(says)));
    QVERIFY(!bench.apply()->isEnabled());
    bench.edit(qPrintable(field))->clear();
    QVERIFY(bench.apply()->isEnabled());
  }

  void thePipelineShowsTheDisk() {
    PipelinePanel panel;
    RetentionStatus status = sampleRetention();
    status.days_until_full = 9;
    panel.showRetention(status);
    bool warned = false;
    for (const QLabel *label : panel.findChildren<QLabel *>())
      warned |= label->text() == "full in about 9 days" && label->property("tone") == "warn";
    QVERIFY(warned);
    QSignalSpy wanted(&panel, &PipelinePanel::retentionRequested);
    panel.findChild<QPushButton *>()->click();
    QCOMPARE(wanted.count(), 1);
  }

  void theMetricsHaveTheirLastMinutes() {
    EngineMetrics metrics;
    const TimeUs now = 1'700'000'000 * kSecond;
    EngineStatus status;
    status.queued_rows = 12;
    status.wal_bytes = 3'000'000;
    status.commit_ms = 4.5;
    for (int second = 290; second >= 100; second -= 10) {
      Progress at;
      at.time_us = now - second * kSecond;
      at.input_rows = 500;
      at.late_rows = 1;
      at.longest_batch_ms = 7;
      at.wal_bytes = 2'000'000;
      status.progress.push_back(at);
    }
    metrics.show(status, now);
    const auto &in = metrics.cell(EngineMetrics::Input).history();
    QCOMPARE(in.size(), std::size_t{60});
    QCOMPARE(*std::max_element(in.begin(), in.end()), 100.0); // 500 in five seconds
    QCOMPARE(in.back(), 0.0);
    QCOMPARE(metrics.cell(EngineMetrics::Log).history().back(), 2e6); // stays what it was
    QCOMPARE(metrics.cell(EngineMetrics::Queue).text(), QStringLiteral("12"));
    QCOMPARE(metrics.cell(EngineMetrics::Late).text(), QStringLiteral("20"));
    QVERIFY(metrics.cell(EngineMetrics::Batch).accessibleName().contains("4.5"));
  }
};

METEOROGRAPH_TEST(tst_RetentionInWindow)
#include "tst_RetentionInWindow.moc"
