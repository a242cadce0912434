// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreReader.h"
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"
#include "tests/ui/FakeEngine.h"
#include "ui/MainWindow.h"
#include "ui/charts/ChartView.h"
#include "ui/dialogs/ExportDialog.h"
#include "ui/settings/Settings.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <functional>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

constexpr TimeUs kStart = 1'704'067'200 * kSecond; // 2024-01-01T00:00:00Z

/// Answers at once, from a store.
class StoreEngine : public FakeEngine {
public:
  explicit StoreEngine(const QString &store) : m_reader(StoreReader::open(store.toStdString()).value()) {}
  RequestId requestOverview(Handler<Overview> handler) override {
    handler(m_reader->overview());
    return 1;
  }
  RequestId requestSeries(SeriesRequest request, Handler<SeriesSet> handler) override {
    handler(m_reader->series(request));
    return 2;
  }

private:
  std::unique_ptr<StoreReader> m_reader;
};

} // namespace

/// What the window exports against what the command line draws from the same store.
class tst_WindowAndChart : public QObject {
  Q_OBJECT
  Program m_program;

  struct Bench {
    Settings settings;
    EngineClient client;
    MainWindow window;

    Bench(const Program &program, const QString &theme)
        : settings(program.path("settings.ini")),
          client(std::make_shared<StoreEngine>(program.path("store"))),
          window((settings.set(Setting::Theme, theme), settings)) {}
    ~Bench() { window.setClient(nullptr, {}); }

    ChartView *charts() const { return window.findChild<ChartView *>(); }
    bool shows(const ViewRange &range) const {
      const ChartScene scene = charts()->shownScene();
      return scene.from_us == range.from_us && scene.series.from_us == range.from_us &&
             scene.series.to_us == range.to_us && scene.series.columns == charts()->plotColumns();
    }
    template <class W> W *field(const QWidget *dialog, const QString &name) const {
      for (W *widget : dialog->findChildren<W *>())
        if (widget->accessibleName() == name)
          return widget;
      return nullptr;
    }
    /// As a person does it: the dialog, the format, the file, the button.
    void exportTo(const QString &path, int format, QSize &size, int scale = 1) {
      for (QAction *action : window.findChildren<QAction *>())
        if (action->text() == QStringLiteral("&Export…"))
          action->trigger();
      QTRY_VERIFY(window.findChild<ExportDialog *>());
      auto *dialog = window.findChild<ExportDialog *>();
      field<QComboBox>(dialog, "Format")->setCurrentIndex(format);
      field<QLineEdit>(dialog, "File")->setText(path);
      auto *resolution = field<QComboBox>(dialog, "Resolution");
      resolution->setCurrentIndex(resolution->findData(scale));
      size = charts()->pictureSize(); // a notice or a scroll bar may change it
      for (QPushButton *button : dialog->findChildren<QPushButton *>())
        if (button->text() == QStringLiteral("Export"))
          button->click();
      QTRY_VERIFY(QFile::exists(path + ".json")); // the last that is written
      QTRY_VERIFY(!window.findChild<ExportDialog *>());
    }
  };

private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(m_program
                 .run({"simulate", "--output", "data", "--fast", "--duration", "3600", "--devices", "5",
                       "--late", "0.02"})
                 .code,
             0);
    QCOMPARE(m_program.run({"ingest", "--store", "store", "data"}).code, 0);
  }

  void drawTheSame_data() {
    QTest::addColumn<QString>("theme");
    QTest::addColumn<int>("from_s");
    QTest::addColumn<int>("to_s");
    QTest::addColumn<QStringList>("devices");
    QTest::addColumn<QString>("zone");
    QTest::newRow("all, dark") << "dark" << 0 << 3600 << QStringList() << "UTC";
    QTest::newRow("all, light") << "light" << 0 << 3600 << QStringList() << "Asia/Kathmandu";
    QTest::newRow("zoomed") << "dark" << 1000 << 1040 << QStringList() << "UTC";
    QTest::newRow("one device") << "light" << 600 << 1800 << QStringList{"Raspberry Pi 03"}
                                << "Europe/Berlin";
    QTest::newRow("two devices") << "dark" << 5 << 1234 << QStringList{"Raspberry Pi 02", "Raspberry Pi 05"}
                                 << "UTC";
  }
  void drawTheSame() {
    QFETCH(QString, theme);
    QFETCH(int, from_s);
    QFETCH(int, to_s);
    QFETCH(QStringList, devices);
    QFETCH(QString, zone);
    Bench bench(m_program, theme);
    bench.window.resize(1280, 900);
    bench.window.show();
    bench.window.setClient(&bench.client, m_program.path("store"));
    const ViewRange range{kStart + from_s * kSecond, kStart + to_s * kSecond};
    QTRY_VERIFY(bench.window.controller().hasOverview());
    bench.window.controller().changeView([&](ViewState &view) {
      view.zone = zone;
      for (const DeviceStatus &device : bench.window.controller().overview().devices)
        view.showDevice(device, devices.isEmpty() || devices.contains(QString::fromStdString(device.name)));
    });
    bench.window.controller().changeRange([&](LiveState &live) { live.showRange(range); });
    QTRY_VERIFY(bench.shows(range));

    QStringList arguments{"chart", "--store", "store", "--theme", theme, "--zone", zone};
    arguments << "--from" << QString::fromStdString(formatIsoTime(range.from_us));
    arguments << "--to" << QString::fromStdString(formatIsoTime(range.to_us));
    for (const QString &device : devices)
      arguments << "--device" << device;
    const char *suffixes[] = {"csv", "png", "svg"};
    for (int format = 0; format < 3; ++format) {
      const QString name = QStringLiteral("%1.%2").arg(QTest::currentDataTag()).arg(suffixes[format]);
      QSize size;
      QTRY_VERIFY(bench.shows(range));
      bench.exportTo(m_program.path("window " + name), format, size);
      const ProgramRun run = m_program.run(
          arguments + QStringList{"--output", "chart " + name, "--size",
                                  QStringLiteral("%1x%2").arg(size.width()).arg(size.height())});
      QVERIFY2(run.code == 0 && run.err.isEmpty(), run.err);
      if (format == 1)
        QCOMPARE(QImage::fromData(m_program.read("chart " + name)),
                 QImage::fromData(m_program.read("window " + name)));
      else
        QCOMPARE(m_program.read("chart " + name), m_program.read("window " + name));
      QVERIFY(m_program.read("chart " + name).size() > 1000);
    }
  }

  void drawTheSameArrangement_data() {
    QTest::addColumn<std::function<void(ViewState &)>>("change");
    QTest::addColumn<std::function<void(PaneArrangement &)>>("arrange");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("scale");
    using View = std::function<void(ViewState &)>;
    using Panes = std::function<void(PaneArrangement &)>;
    const View same = [](ViewState &) {};
    const Panes usual = [](PaneArrangement &) {};
    QTest::newRow("twice as fine") << same << usual << QStringList{"--scale", "2"} << 2;
    QTest::newRow("multiples") << same << Panes([](PaneArrangement &panes) { panes.multiples = true; })
                               << QStringList{"--multiples"} << 1;
    QTest::newRow("order") << View([](ViewState &view) {
      view.shownQuantities = {"temperature", "pressure"};
    }) << Panes([](PaneArrangement &panes) {
      panes.order = {"pressure", "temperature"};
    }) << QStringList{"--quantity", "pressure", "--quantity", "temperature"}
                           << 1;
    QTest::newRow("axes") << same << Panes([](PaneArrangement &panes) {
      panes.setAxis("temperature", {AxisFit::Fixed, -5, 42.5});
      panes.setAxis("humidity", {AxisFit::Robust, 0, 1});
    }) << QStringList{"--axis", "temperature=-5:42.5", "--axis", "robust", "--axis", "pressure=automatic"}
                          << 1;
    QTest::newRow("average") << View([](ViewState &view) { view.average = averageFromSetting("8w"); })
                             << usual << QStringList{"--average", "8w"} << 1;
    QTest::newRow("marks") << View([](ViewState &view) {
      view.marks = {};
      view.marks.watermark = view.marks.provisional = false;
    }) << usual << QStringList{"--marks", "late,faults,gaps,limits,annotations"}
                           << 1;
  }
  /// What the window can be told by menus and the command line by options.
  void drawTheSameArrangement() {
    QFETCH(std::function<void(ViewState &)>, change);
    QFETCH(std::function<void(PaneArrangement &)>, arrange);
    QFETCH(QStringList, options);
    QFETCH(int, scale);
    Bench bench(m_program, "dark");
    bench.window.resize(1280, 900);
    bench.window.show();
    bench.window.setClient(&bench.client, m_program.path("store"));
    const ViewRange range{kStart, kStart + kHour};
    QTRY_VERIFY(bench.window.controller().hasOverview());
    bench.window.controller().changeView(change);
    bench.window.controller().changeRange([&](LiveState &live) { live.showRange(range); });
    QTRY_VERIFY(bench.shows(range));
    PaneArrangement panes;
    arrange(panes);
    bench.charts()->setArrangement(panes);
    const QString name = QStringLiteral("%1.png").arg(QTest::currentDataTag());
    QSize size;
    bench.exportTo(m_program.path("window " + name), 1, size, scale);
    const ProgramRun run = m_program.run(
        QStringList{"chart", "--store", "store", "--from", "2024-01-01T00:00", "--to", "2024-01-01T01:00"} +
        options +
        QStringList{"--output", "chart " + name, "--size",
                    QStringLiteral("%1x%2").arg(size.width()).arg(size.height())});
    QVERIFY2(run.code == 0 && run.err.isEmpty(), run.err);
    const QImage drawn = QImage::fromData(m_program.read("chart " + name));
    QCOMPARE(drawn.size(), size * scale);
    QCOMPARE(drawn, QImage::fromData(m_program.read("window " + name)));
    const ProgramRun plain = m_program.run({"chart", "--store", "store", "--output", "plain.png", "--size",
                                            QStringLiteral("%1x%2").arg(size.width()).arg(size.height())});
    QCOMPARE(plain.code, 0);
    QVERIFY(drawn != QImage::fromData(m_program.read("plain.png")));
  }
};

METEOROGRAPH_TEST(tst_WindowAndChart)
#include "tst_WindowAndChart.moc"
