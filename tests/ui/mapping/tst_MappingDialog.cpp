// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/FakeEngine.h"
#include "ui/EngineClient.h"
#include "ui/dialogs/MappingDialog.h"
#include "ui/mapping/FieldsModel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

/// The dialog over a fake engine: what it asks, when, and what it sends.
class tst_MappingDialog : public QObject {
  Q_OBJECT
  static FileStatus file(std::int64_t id) {
    FileStatus file;
    file.id = id;
    file.path = "/data/station-" + std::to_string(id) + ".csv";
    file.readings = 1000;
    return file;
  }
  struct Bench {
    std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
    EngineClient client{engine};
    MappingDialog dialog;
    explicit Bench(std::vector<FileStatus> files = {file(3)})
        : dialog(&client, std::move(files), QTimeZone::utc()) {
      dialog.show();
    }
    /// Waits for the preview that is asked for, and answers it as its mapping says.
    void answer() {
      QTRY_COMPARE(engine->previews.size(), std::size_t{1});
      const Mapping mapping = engine->previews.front().mapping;
      engine->answerPreview(samplePreview(mapping));
      QTRY_VERIFY(button("Apply…")->isEnabled());
    }
    QPushButton *button(const QString &text) const {
      for (QPushButton *button : dialog.findChildren<QPushButton *>())
        if (button->text() == text)
          return button;
      return nullptr;
    }
    template <class W> W *control(const QString &accessibleName) const {
      for (W *widget : dialog.findChildren<W *>())
        if (widget->accessibleName() == accessibleName)
          return widget;
      return nullptr;
    }
    bool says(const QString &text) const {
      for (const QLabel *label : dialog.findChildren<QLabel *>())
        if (label->isVisible() && label->text().contains(text))
          return true;
      return false;
    }
  };

private Q_SLOTS:
  void showsWhatWasInferred() {
    Bench bench;
    bench.answer();
    QVERIFY(bench.says("CSV, separated by ';'"));
    QVERIFY(bench.says("4,931 accepted · 1 quarantined"));
    QCOMPARE(bench.control<QComboBox>("Delimiter")->currentText(), QStringLiteral("Inferred: ;  semicolon"));
    QCOMPARE(bench.control<QTableView>("The first records of the file")->model()->rowCount(), 50);
    QVERIFY(!bench.control<QLineEdit>("Path of the records")->isVisible());
  }

  void hurriedChangesAreOnePreview() {
    Bench bench;
    bench.answer();
    auto *fields = bench.dialog.findChild<FieldsModel *>();
    fields->setData(fields->index(2, FieldsModel::UnitColumn), "K");
    fields->setData(fields->index(2, FieldsModel::UnitColumn), "°F");
    QVERIFY(!bench.button("Apply…")->isEnabled());
    bench.answer();
    QCOMPARE(bench.engine->previewsAsked, 2);
    QCOMPARE(bench.dialog.draft().mapping().quantities.front().unit, std::string("°F"));
  }

  void aLateAnswerIsDroppedAndTheNewWishSent() {
    Bench bench;
    QTRY_COMPARE(bench.engine->previews.size(), std::size_t{1});
    auto *header = bench.control<QComboBox>("Header");
    header->setCurrentIndex(2);
    Q_EMIT header->activated(2);
    QTRY_COMPARE(bench.engine->cancelled.size(), std::size_t{1});
    MappingPreview late = samplePreview();
    late.inference.format = "late";
    bench.engine->answerPreview(late);
    QTRY_COMPARE(bench.engine->previews.size(), std::size_t{1});
    QVERIFY(!bench.says("late"));
    QCOMPARE(bench.engine->previews.front().mapping.header, std::optional(false));
    bench.answer();
  }

  void applyAsksThenSendsAndTellsTheResult() {
    Bench bench({file(3), file(4)});
    bench.answer();
    bench.control<QSpinBox>("Lines to skip")->setValue(1);
    bench.answer();
    bench.button("Apply…")->click();
    QVERIFY(bench.says("Read 2 files again and replace their 2,000 readings?"));
    QVERIFY(bench.engine->corrections.empty());
    QSignalSpy applied(&bench.dialog, &MappingDialog::applied);
    bench.button("Read again")->click();
    QCOMPARE(bench.engine->corrections, std::vector<std::string>{"apply 3,4"});
    QCOMPARE(bench.engine->applied.skip_lines, std::optional(1));
    CorrectionReport report;
    report.files = 2;
    report.readings_before = 2000;
    report.readings_after = 1990;
    bench.engine->answerCorrection(report);
    QTRY_COMPARE(applied.count(), 1);
    QVERIFY(bench.says("2 files: 2,000 readings before, 1,990 now"));
    QVERIFY(bench.button("Close")->isVisible());
  }

  void aFailedPreviewCannotBeApplied() {
    Bench bench;
    QTRY_COMPARE(bench.engine->previews.size(), std::size_t{1});
    bench.engine->answerPreview(fail(ErrorCode::Unreadable, "the file is gone"));
    QTRY_VERIFY(bench.says("the file is gone"));
    QVERIFY(!bench.button("Apply…")->isEnabled());
  }

  void presetsAreChosenAndSaved() {
    Bench bench;
    Mapping mapping;
    mapping.zone = "Europe/Berlin";
    bench.answer();
    auto *zone = bench.control<QComboBox>("Time zone of times that state none");
    zone->setEditText("europe/berlin");
    Q_EMIT zone->lineEdit()->editingFinished();
    bench.answer();
    QCOMPARE(bench.dialog.draft().mapping().zone, std::string("Europe/Berlin"));
    bench.button("&Save as preset…")->click();
    bench.control<QLineEdit>("Name of the preset")->setText("berlin");
    bench.button("Save")->click();
    QTRY_COMPARE(bench.engine->presets.size(), std::size_t{2});
    auto *presets = bench.control<QComboBox>("Preset");
    QTRY_COMPARE(presets->currentText(), QStringLiteral("berlin (yours)"));
    presets->setCurrentIndex(0);
    Q_EMIT presets->activated(0);
    bench.answer();
    QVERIFY(bench.dialog.draft().mapping().empty());
  }

  void closingWithdrawsThePreview() {
    const auto engine = std::make_shared<FakeEngine>();
    EngineClient client(engine);
    {
      MappingDialog dialog(&client, {file(1)}, QTimeZone::utc());
      QTRY_COMPARE(engine->previews.size(), std::size_t{1});
    }
    QCOMPARE(engine->cancelled.size(), std::size_t{1});
    engine->answerPreview(samplePreview());
    QCoreApplication::processEvents();
  }
};

METEOROGRAPH_TEST(tst_MappingDialog)
#include "tst_MappingDialog.moc"
