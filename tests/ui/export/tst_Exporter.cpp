// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ReadingStore.h"
#include "tests/support/TestMain.h"
#include "tests/ui/FakeEngine.h"
#include "ui/export/Exporter.h"
#include "ui/panels/NoticeBar.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

/// Takes its time for a layer.
class SlowEngine : public FakeEngine {
public:
  RequestId requestExportCsv(ExportRequest asked, std::string, Handler<std::int64_t> handler) override {
    request = std::move(asked);
    layer = std::move(handler);
    return 77;
  }
  ExportRequest request;
  Handler<std::int64_t> layer;
};

ExportOrder layerOrder() {
  ExportOrder order;
  order.plan.path = QStringLiteral("/nowhere/bronze.csv");
  order.plan.layer = Layer::Bronze;
  order.scene.devices = {{3, QStringLiteral("roof")}};
  order.scene.panes = {{2, QStringLiteral("Humidity"), QStringLiteral("%"), "humidity", std::nullopt}};
  return order;
}

} // namespace

class tst_Exporter : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void aLayerUnderWayCanBeCancelled() {
    const auto engine = std::make_shared<SlowEngine>();
    EngineClient client(engine);
    Exporter exporter;
    QSignalSpy started(&exporter, &Exporter::started);
    QSignalSpy cancelled(&exporter, &Exporter::cancelled);
    QSignalSpy failed(&exporter, &Exporter::failed);
    exporter.start(&client, layerOrder());
    QTRY_COMPARE(started.count(), 1);
    exporter.cancel();
    QCOMPARE(engine->cancelled.back(), EnginePort::RequestId{77});
    engine->layer(fail(ErrorCode::Cancelled, "withdrawn"));
    QTRY_COMPARE(cancelled.count(), 1);
    QCOMPARE(cancelled.first().first().toString(), QStringLiteral("/nowhere/bronze.csv"));
    QCOMPARE(failed.count(), 0);
  }

  void aFailureIsTold() {
    const auto engine = std::make_shared<SlowEngine>();
    EngineClient client(engine);
    Exporter exporter;
    QSignalSpy failed(&exporter, &Exporter::failed);
    exporter.start(&client, layerOrder());
    QTRY_VERIFY(engine->layer);
    engine->layer(fail(ErrorCode::Unwritable, "cannot write /nowhere/bronze.csv: No space left on device"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.first().first().toString().endsWith("No space left on device"));
  }

  void replacesNoStore_data() {
    QTest::addColumn<int>("layer");
    QTest::newRow("plotted points") << -1;
    QTest::newRow("layer") << int(Layer::Silver);
    QTest::newRow("quarantine") << -2;
  }
  void replacesNoStore() {
    QFETCH(int, layer);
    ReadingStore store;
    const auto engine = std::make_shared<SlowEngine>();
    EngineClient client(engine);
    Exporter exporter;
    QSignalSpy failed(&exporter, &Exporter::failed);
    ExportOrder order = layerOrder();
    order.plan.layer.reset();
    order.plan.path = QString::fromStdString(store.path());
    order.overview.store_path = store.path();
    if (layer >= 0)
      order.plan.layer = static_cast<Layer>(layer);
    if (layer == -2)
      exporter.writeQuarantine(&client, store.path(), order.plan.path);
    else
      exporter.start(&client, order);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.first().first().toString().contains(order.plan.path));
    QVERIFY(!engine->layer);
    QVERIFY(StoreReader::open(store.path()));
  }

  void asksForWhatTheSceneShows() {
    const auto engine = std::make_shared<SlowEngine>();
    EngineClient client(engine);
    Exporter exporter;
    ExportOrder order = layerOrder(); // of a view with more than its maximised pane
    order.request.devices = {1, 2, 3};
    order.request.quantities = {1, 2, 3};
    exporter.start(&client, order);
    QTRY_VERIFY(engine->layer);
    QCOMPARE(engine->request.devices, std::vector<DeviceId>{3});
    QCOMPARE(engine->request.quantities, std::vector<QuantityId>{2});
    order.plan.layer.reset();
    order.plan.range = ViewRange{0, kHour};
    exporter.start(&client, order);
    QCOMPARE(engine->seriesRequests.back().quantities, std::vector<QuantityId>{2});
  }

  void exportsNothingWhereNoDeviceIsShown() {
    const auto engine = std::make_shared<SlowEngine>();
    EngineClient client(engine);
    Exporter exporter;
    QSignalSpy failed(&exporter, &Exporter::failed);
    ExportOrder order = layerOrder();
    order.scene.devices.clear();
    exporter.start(&client, order);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!engine->layer);
  }

  void theNoticeOffersToCancelOnceAndOnlyMeanwhile() {
    NoticeBar bar;
    int asked = 0;
    bar.tellOngoing(QStringLiteral("Exporting …"), [&asked] { ++asked; });
    QPushButton *cancel = nullptr;
    for (QPushButton *button : bar.findChildren<QPushButton *>())
      if (button->accessibleName() == QStringLiteral("Cancel what is under way"))
        cancel = button;
    QVERIFY(cancel && cancel->isVisibleTo(&bar));
    cancel->click();
    cancel->click();
    QCOMPARE(asked, 1);
    bar.tellOngoing(QStringLiteral("Exporting …"), [&asked] { ++asked; });
    bar.tell(QStringLiteral("Copied"), false);
    QVERIFY2(cancel->isVisibleTo(&bar) && cancel->isEnabled(), "what is under way still is");
    bar.endOngoing();
    QVERIFY(!cancel->isVisibleTo(&bar));
  }

  void notesLeaveByThemselvesAndErrorsStay() {
    NoticeBar bar(nullptr, 1);
    bar.tell(QStringLiteral("Copied"), false);
    QVERIFY(bar.isVisible());
    QTRY_VERIFY(!bar.isVisible());
    bar.tell(QStringLiteral("Copied"), false);
    bar.tell(QStringLiteral("No space left"), true);
    QCoreApplication::processEvents();
    QVERIFY(bar.isVisible());
    bar.setQuiet(true);
    QVERIFY2(bar.isVisible(), "an error is shown over a full screen");
    bar.tell(QStringLiteral("Copied"), false);
    QVERIFY(!bar.isVisible());
  }
};

METEOROGRAPH_TEST(tst_Exporter)
#include "tst_Exporter.moc"
