// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/dialogs/ExportDialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

template <class W> W *named(const QWidget &dialog, const char *name) {
  for (W *widget : dialog.findChildren<W *>())
    if (widget->accessibleName() == QLatin1String(name))
      return widget;
  return nullptr;
}

QPushButton *button(const QWidget &dialog, const char *text) {
  for (QPushButton *button : dialog.findChildren<QPushButton *>())
    if (button->text() == QLatin1String(text))
      return button;
  return nullptr;
}

} // namespace

class tst_ExportDialog : public QObject {
  Q_OBJECT
  ChartScene m_scene = SyntheticScene().make();
  std::optional<ExportPlan> m_plan;

  std::optional<ChartScene> m_ordered;

  std::unique_ptr<ExportDialog> shown() { return shown(m_scene); }
  std::unique_ptr<ExportDialog> shown(const ChartScene &scene) {
    auto dialog = std::make_unique<ExportDialog>(scene, scene.to_us, QStringLiteral("/exports"));
    connect(dialog.get(), &ExportDialog::ordered, this,
            [this](const ExportPlan &plan, const ChartScene &seen) {
              m_plan = plan;
              m_ordered = seen;
            });
    dialog->show();
    m_plan.reset();
    return dialog;
  }

private Q_SLOTS:
  void asksOnlyWhatTheFormatNeeds_data() {
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("csv") << int(ExportPlan::Format::Csv) << QByteArray("Content");
    QTest::newRow("png") << int(ExportPlan::Format::Png) << QByteArray("Resolution");
    QTest::newRow("svg") << int(ExportPlan::Format::Svg) << QByteArray();
    QTest::newRow("pdf") << int(ExportPlan::Format::Pdf) << QByteArray("Paper");
  }
  void asksOnlyWhatTheFormatNeeds() {
    QFETCH(int, format);
    QFETCH(QByteArray, field);
    const auto dialog = shown();
    named<QComboBox>(*dialog, "Format")->setCurrentIndex(format);
    for (const char *one : {"Content", "Resolution", "Paper"})
      QCOMPARE(named<QComboBox>(*dialog, one)->isVisible(), field == one);
    const QString suffix = suffixOf(static_cast<ExportPlan::Format>(format));
    const QRegularExpression name("^/exports/meteorograph-2026-11-22-[0-9]{6}\\." + suffix + "$");
    QVERIFY(name.match(named<QLineEdit>(*dialog, "File")->text()).hasMatch());
  }

  void ordersWhatIsChosen() {
    const auto dialog = shown();
    named<QComboBox>(*dialog, "Format")->setCurrentIndex(int(ExportPlan::Format::Pdf));
    named<QComboBox>(*dialog, "Paper")->setCurrentIndex(1);
    named<QComboBox>(*dialog, "Panes")->setCurrentIndex(2);
    named<QComboBox>(*dialog, "Range")->setCurrentIndex(1);
    named<QLineEdit>(*dialog, "From")->setText(QStringLiteral("2026-11-22 14:03:00"));
    named<QLineEdit>(*dialog, "To")->setText(QStringLiteral("2026-11-22 14:04:00"));
    dialog->findChild<QCheckBox *>()->setChecked(false);
    button(*dialog, "Export")->click();
    QVERIFY(m_plan);
    QCOMPARE(m_plan->format, ExportPlan::Format::Pdf);
    QCOMPARE(m_plan->paper, ExportPlan::Paper::Letter);
    QCOMPARE(*m_plan->pane, QuantityId{2});
    QCOMPARE(m_plan->range->width(), kMinute);
    QVERIFY(!m_plan->sidecar && !m_plan->layer);
  }

  void takesNoRangeThatIsNone() {
    const auto dialog = shown();
    named<QComboBox>(*dialog, "Range")->setCurrentIndex(1);
    named<QLineEdit>(*dialog, "To")->setText(QStringLiteral("half past"));
    QVERIFY(!button(*dialog, "Export")->isEnabled());
    named<QLineEdit>(*dialog, "To")->setText(QStringLiteral("now"));
    QVERIFY(button(*dialog, "Export")->isEnabled());
  }

  void anUnchangedRangeIsTheSeenOneInADoubledHour_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("first pass") << "2026-10-25T00:10:00.123456Z"
                                << "2026-10-25T00:20:00.654321Z";
    QTest::newRow("second pass") << "2026-10-25T01:10:00.123456Z"
                                 << "2026-10-25T01:20:00.654321Z";
    QTest::newRow("both") << "2026-10-25T00:30:00.000001Z"
                          << "2026-10-25T01:30:00.000001Z";
  }
  void anUnchangedRangeIsTheSeenOneInADoubledHour() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    ChartScene scene = m_scene;
    scene.zone = QTimeZone("Europe/Berlin");
    scene.from_us = parseIsoTime(from.toStdString())->time_us;
    scene.to_us = parseIsoTime(to.toStdString())->time_us;
    const auto dialog = shown(scene);
    named<QComboBox>(*dialog, "Range")->setCurrentIndex(1);
    button(*dialog, "Export")->click();
    QVERIFY(m_plan);
    QVERIFY((*m_plan->range == ViewRange{scene.from_us, scene.to_us}));
  }

  void ordersTheSceneThatItWasOpenedWith() {
    ChartScene live = m_scene;
    const auto dialog = shown(live);
    live.to_us += kHour;
    button(*dialog, "Export")->click();
    QVERIFY(m_ordered && !m_plan->range);
    QCOMPARE(m_ordered->to_us, m_scene.to_us);
  }

  void withoutADeviceThereIsNothingToExport() {
    ChartScene none = m_scene;
    none.devices.clear();
    const auto dialog = shown(none);
    named<QComboBox>(*dialog, "Content")->setCurrentIndex(2);
    QVERIFY(!button(*dialog, "Export")->isEnabled());
    dialog->findChild<QLineEdit *>()->setFocus();
    QTest::keyClick(dialog.get(), Qt::Key_Return);
    QVERIFY(!m_plan);
  }

  void replacesAFileOnlyAfterASecondPress() {
    QTemporaryDir folder;
    QFile old(folder.filePath("old.csv"));
    QVERIFY(old.open(QIODevice::WriteOnly));
    const auto dialog = shown();
    QLineEdit *path = named<QLineEdit>(*dialog, "File");
    path->setText(old.fileName());
    button(*dialog, "Export")->click();
    QVERIFY(!m_plan && button(*dialog, "Replace"));
    path->setText(folder.filePath("new.csv")); // another file: asked anew
    QVERIFY(button(*dialog, "Export"));
    path->setText(old.fileName());
    button(*dialog, "Export")->click();
    QVERIFY(!m_plan);
    button(*dialog, "Replace")->click();
    QVERIFY(m_plan);
    QCOMPARE(m_plan->path, old.fileName());
  }

  void everyFieldHasALabelThatLeadsToIt() {
    const auto dialog = shown();
    for (const char *field : {"Format", "Content", "Resolution", "Paper", "Panes", "Range", "File"}) {
      bool labelled = false;
      for (const QLabel *label : dialog->findChildren<QLabel *>())
        labelled = labelled || (label->buddy() && label->buddy()->accessibleName() == QLatin1String(field) &&
                                label->text().contains(QLatin1Char('&')));
      QVERIFY2(labelled, field);
    }
  }
};

METEOROGRAPH_TEST(tst_ExportDialog)
#include "tst_ExportDialog.moc"
