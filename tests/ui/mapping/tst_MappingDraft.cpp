// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/SamplePreview.h"
#include "ui/mapping/FieldsModel.h"
#include "ui/mapping/MappingText.h"

#include <QSignalSpy>
#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

/// What edits of the fields' table make of the mapping.
class tst_MappingDraft : public QObject {
  Q_OBJECT
  struct Bench {
    MappingDraft draft;
    FieldsModel model{draft};
    Bench() { take(); }
    /// As the engine would answer to the draft as it is now.
    void take() {
      const MappingPreview preview = samplePreview(draft.mapping());
      draft.setInference(preview.inference);
      model.refresh(preview.rows);
    }
    bool set(int row, FieldsModel::Column column, const QString &text) {
      return model.setData(model.index(row, column), text);
    }
    QString json() const { return QString::fromStdString(toJson(draft.mapping())); }
    QString shown(int row, FieldsModel::Column column) const {
      return model.index(row, column).data().toString();
    }
  };
  enum Row { Date, Time, T, Rh, No };

private Q_SLOTS:
  void saysNothingUntilItsUserDoes() {
    const Bench bench;
    QVERIFY(bench.draft.mapping().empty());
    QCOMPARE(bench.shown(T, FieldsModel::UnitColumn), QStringLiteral("°C · guessed"));
    QCOMPARE(bench.shown(T, FieldsModel::ExampleColumn), QStringLiteral("13,6"));
    QCOMPARE(bench.shown(No, FieldsModel::RoleColumn), QStringLiteral("Kept aside"));
  }

  void rolesMakeTheMapping_data() {
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("json");
    QTest::newRow("quantity") << int(No) << "Quantity"
                              << R"({"quantities":[{"field":"No"}]})";
    QTest::newRow("ignored") << int(Rh) << "Ignored"
                             << R"({"ignore":["RH"]})";
    QTest::newRow("device") << int(No) << "Device"
                            << R"({"device":{"field":"No"}})";
    QTest::newRow("time") << int(No) << "Time"
                          << R"({"time":[{"field":"No"}]})";
    QTest::newRow("as inferred") << int(T) << "As inferred"
                                 << "{}";
  }
  void rolesMakeTheMapping() {
    QFETCH(int, row);
    QFETCH(QString, role);
    QFETCH(QString, json);
    Bench bench;
    QVERIFY(bench.set(row, FieldsModel::RoleColumn, role));
    QCOMPARE(bench.json(), json);
    QVERIFY(bench.set(row, FieldsModel::RoleColumn, "As inferred"));
    QVERIFY(bench.draft.mapping().empty());
  }

  void aFieldHasOneRole() {
    Bench bench;
    bench.set(No, FieldsModel::RoleColumn, "Device");
    bench.set(No, FieldsModel::RoleColumn, "Quantity");
    bench.set(No, FieldsModel::QuantityColumn, "Row count");
    QCOMPARE(bench.json(), QStringLiteral(R"({"quantities":[{"field":"No","name":"row_count"}]})"));
  }

  void dateAndTimeOfDayAreJoinedInTheFilesOrder() {
    Bench bench;
    bench.set(Time, FieldsModel::RoleColumn, "Time");
    bench.set(Date, FieldsModel::RoleColumn, "Time");
    QCOMPARE(bench.json(), QStringLiteral(R"({"time":[{"field":"Date"},{"field":"Time"}]})"));
  }

  void aUnitIsNoGuessOnceItIsChosen() {
    Bench bench;
    QSignalSpy changed(&bench.model, &FieldsModel::changed);
    QVERIFY(bench.set(T, FieldsModel::UnitColumn, "°F"));
    QVERIFY(bench.set(T, FieldsModel::MissingColumn, "-200; -999.9"));
    QCOMPARE(changed.count(), 2);
    bench.take();
    QCOMPARE(bench.shown(T, FieldsModel::UnitColumn), QStringLiteral("°F"));
    QCOMPARE(bench.json(),
             QStringLiteral(R"({"quantities":[{"field":"T","missing":[-200.0,-999.9],"unit":"°F"}]})"));
    QVERIFY(!bench.set(T, FieldsModel::MissingColumn, "none"));
  }

  void onlyQuantitiesHaveUnits() {
    const Bench bench;
    QVERIFY(!(bench.model.flags(bench.model.index(No, FieldsModel::UnitColumn)) & Qt::ItemIsEditable));
    QVERIFY(bench.model.flags(bench.model.index(Rh, FieldsModel::UnitColumn)) & Qt::ItemIsEditable);
  }

  void aPresetMayNameColumns() {
    Bench bench;
    Mapping preset;
    preset.quantities = {{"3", "temperature", "K", {}, {}}};
    preset.name = "by_column";
    bench.draft.setMapping(preset);
    bench.model.refresh({});
    QCOMPARE(bench.shown(T, FieldsModel::UnitColumn), QStringLiteral("K"));
    bench.set(T, FieldsModel::UnitColumn, "°F");
    QCOMPARE(bench.json(),
             QStringLiteral(R"({"quantities":[{"field":"3","name":"temperature","unit":"°F"}]})"));
  }

  void slicesAndNumbersAreRead_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("again");
    QTest::newRow("whole") << "" << true << "";
    QTest::newRow("first ten") << ":10" << true << "0:10";
    QTest::newRow("last ten") << "-10:" << true << "-10:";
    QTest::newRow("middle") << " 2 : 4 " << true << "2:4";
    QTest::newRow("word") << "ten" << false << "";
    QTest::newRow("minus") << "-:3" << false << "";
  }
  void slicesAndNumbersAreRead() {
    QFETCH(QString, text);
    QFETCH(bool, good);
    QFETCH(QString, again);
    std::optional<Mapping::Slice> slice;
    QCOMPARE(parseSlice(text, slice), good);
    QCOMPARE(sliceText(slice), again);
  }

  void countsAreOneSentence() {
    QCOMPARE(countsText(samplePreview()).replace(QChar(0xa0), ' '),
             QStringLiteral("4,931 accepted · 1 quarantined · 1 skipped of the first 1.0 MB · 20 readings"));
  }
};

METEOROGRAPH_TEST(tst_MappingDraft)
#include "tst_MappingDraft.moc"
