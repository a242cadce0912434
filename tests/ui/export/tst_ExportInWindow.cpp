// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/FakeEngine.h"
#include "ui/MainWindow.h"
#include "ui/charts/ChartLayout.h"
#include "ui/charts/ChartView.h"
#include "ui/dialogs/ExportDialog.h"
#include "ui/export/SceneStatistics.h"
#include "ui/export/SeriesCsv.h"
#include "ui/settings/Settings.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QCryptographicHash>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

/// Ctrl+E on an open store, as a person presses it.
class tst_ExportInWindow : public QObject {
  Q_OBJECT
  struct Bench {
    QTemporaryDir folder;
    Settings settings{folder.filePath("settings.ini")};
    std::shared_ptr<FakeEngine> engine = std::make_shared<FakeEngine>();
    EngineClient client{engine};
    MainWindow window{settings};
    ExportDialog *dialog = nullptr;

    Bench() {
      window.resize(1280, 800);
      window.show();
      window.controller().setInterval(3'600'000);
    }
    ~Bench() { window.setClient(nullptr, {}); }
    /// Leaves the dialog open over the charts of an open store.
    void open() {
      window.setClient(&client, "/data/station.meteorograph");
      engine->answerOverview(sampleOverview(wallClockNow()));
      QTRY_COMPARE(engine->series.size(), std::size_t{1});
      answer();
      QTRY_VERIFY(!client.seriesInFlight());
      QTest::keyClick(&window, Qt::Key_E, Qt::ControlModifier);
      QTRY_VERIFY(window.findChild<ExportDialog *>());
      dialog = window.findChild<ExportDialog *>();
    }
    void answer() { engine->answerSeries(sampleSeries(engine->seriesRequests.back())); }
    ChartView *charts() const { return window.findChild<ChartView *>(); }
    template <class W> W *field(const char *name) const {
      for (W *widget : dialog->findChildren<W *>())
        if (widget->accessibleName() == QLatin1String(name))
          return widget;
      return nullptr;
    }
    QPushButton *button(const char *text) const {
      for (QPushButton *button : dialog->findChildren<QPushButton *>())
        if (button->text() == QLatin1String(text))
          return button;
      return nullptr;
    }
    /// Chooses the file, and presses the button.
    QString exportTo(ExportPlan::Format format) {
      const QString path = folder.filePath(QStringLiteral("seen.") + suffixOf(format));
      field<QComboBox>("Format")->setCurrentIndex(static_cast<int>(format));
      field<QLineEdit>("File")->setText(path);
      button("Export")->click();
      return path;
    }
  };

  static QByteArray contents(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  static QJsonObject facts(const QString &path) {
    return QJsonDocument::fromJson(contents(path + ".json")).object();
  }

private Q_SLOTS:
  void writesThePlottedPointsAndTheirDescription() {
    Bench bench;
    bench.open();
    const SeriesCsv expected = seriesCsv(bench.charts()->shownScene());
    QVERIFY(expected.rows > 1000);
    const QString path = bench.exportTo(ExportPlan::Format::Csv);
    QTRY_VERIFY(QFile::exists(path + ".json"));
    QCOMPARE(contents(path), expected.text);
    const QJsonObject told = facts(path);
    QCOMPARE(told["file"].toString(), QStringLiteral("seen.csv"));
    QCOMPARE(told["content"].toString(), QStringLiteral("plotted points"));
    QCOMPARE(told["rows"].toInteger(), expected.rows);
    QCOMPARE(told["sha256"].toString().toLatin1(),
             QCryptographicHash::hash(expected.text, QCryptographicHash::Sha256).toHex());
    QCOMPARE(told["store"].toString(), QStringLiteral("/data/station.meteorograph"));
    QCOMPARE(told["quantities"].toArray(), (QJsonArray{"temperature", "humidity", "pressure"}));
    QCOMPARE(told["devices"].toArray().size(), 4);
    QVERIFY(bench.engine->series.empty()); // nothing was asked for again
  }

  void asksForAsManyColumnsAsThePictureHas() {
    Bench bench;
    bench.open();
    const ChartScene seen = bench.charts()->shownScene();
    const QSize size = bench.charts()->pictureSize();
    bench.field<QComboBox>("Resolution")->setCurrentIndex(2);
    const QString path = bench.exportTo(ExportPlan::Format::Png);
    QTRY_COMPARE(bench.engine->series.size(), std::size_t{1});
    const SeriesRequest asked = bench.engine->seriesRequests.back();
    QCOMPARE(asked.columns, plotColumns(size, 4));
    QCOMPARE(asked.from_us, seen.from_us);
    QCOMPARE(asked.to_us, seen.to_us);
    bench.answer();
    QTRY_VERIFY(QFile::exists(path + ".json"));
    QCOMPARE(QImage(path).size(), size * 4);
    ChartScene drawn = seen;
    drawn.series = sampleSeries(asked);
    QCOMPARE(facts(path)["points"].toInteger(), countPoints(drawn));
  }

  void aFailedAnswerWritesNothingAndIsTold() {
    Bench bench;
    bench.open();
    bench.field<QComboBox>("Resolution")->setCurrentIndex(1);
    const QString path = bench.exportTo(ExportPlan::Format::Png);
    QTRY_COMPARE(bench.engine->series.size(), std::size_t{1});
    bench.engine->answerSeries(fail(ErrorCode::Unreadable, "the store is gone"));
    const auto told = [&bench] {
      for (const QLabel *label : bench.window.findChildren<QLabel *>())
        if (label->isVisible() && label->text().contains("the store is gone"))
          return true;
      return false;
    };
    QTRY_VERIFY(told());
    QVERIFY(!QFile::exists(path) && !QFile::exists(path + ".json"));
  }

  void copiesTheSceneThatTheDialogShows() {
    Bench bench;
    bench.open();
    ChartScene seen = bench.charts()->shownScene();
    ChartScene later = seen;
    later.from_us += (seen.to_us - seen.from_us) / 2; // the charts went on meanwhile
    bench.charts()->setScene(later);
    bench.field<QComboBox>("Panes")->setCurrentIndex(2);
    bench.button("Copy")->click();
    keepPane(seen, seen.panes[1].quantity);
    QCOMPARE(QApplication::clipboard()->text().toUtf8(), seriesCsv(seen).text);
  }

  void copiesNothingButWhatIsSeen() {
    Bench bench;
    bench.open();
    QVERIFY(bench.button("Copy")->isEnabled());
    bench.field<QComboBox>("Content")->setCurrentIndex(2); // a layer
    QVERIFY(!bench.button("Copy")->isEnabled());
    bench.field<QComboBox>("Format")->setCurrentIndex(static_cast<int>(ExportPlan::Format::Png));
    QVERIFY(bench.button("Copy")->isEnabled());
    bench.field<QComboBox>("Range")->setCurrentIndex(1); // a chosen one
    QVERIFY(!bench.button("Copy")->isEnabled());
  }
};

METEOROGRAPH_TEST(tst_ExportInWindow)
#include "tst_ExportInWindow.moc"
