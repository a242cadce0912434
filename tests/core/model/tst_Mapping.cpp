// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Mapping.h"
#include "tests/support/TestMain.h"

#include <QTest>

using namespace meteorograph;

class tst_Mapping : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void comesBackAsItWasWritten_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray("{}");
    QTest::newRow("a table") << QByteArray(
        R"({"delimiter":"\\t","decimal":",","header":false,"skip_lines":2})");
    QTest::newRow("parts") << QByteArray(
        R"({"time":[{"field":"id","format":"%Y%m%d%H","slice":[-10,null]},{"field":"2"}],"zone":"+05:30"})");
    QTest::newRow("quantities") << QByteArray(
        R"({"quantities":[{"device":"out","field":"T","missing":[-200.0],"name":"temperature","unit":"F"}]})");
    QTest::newRow("arrival") << QByteArray(R"({"time":[{"format":"arrival"}]})");
  }
  void comesBackAsItWasWritten() {
    QFETCH(QByteArray, text);
    const Result<Mapping> mapping = mappingFromJson(text.toStdString());
    QVERIFY(mapping);
    const Result<Mapping> again = mappingFromJson(toJson(*mapping));
    QVERIFY(again);
    QVERIFY(*again == *mapping);
    QCOMPARE(toJson(*again), toJson(*mapping));
    QCOMPARE(mapping->empty(), text == "{}");
  }

  void saysWhatIsWrongInOneLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("not JSON");
    QTest::newRow("misspelt") << QByteArray(R"({"delimeter":";"})") << QByteArray("\"delimeter\"");
    QTest::newRow("inside") << QByteArray(R"({"time":[{"feild":"a"}]})") << QByteArray("\"time.feild\"");
    QTest::newRow("a name of two lines") << QByteArray("{\"a\\nb\":1}") << QByteArray("\"a b\"");
    QTest::newRow("no field") << QByteArray(R"({"quantities":[{"name":"x"}]})")
                              << QByteArray("quantities.field");
    QTest::newRow("column 0") << QByteArray(R"({"ignore":[0]})") << QByteArray("\"ignore\"");
    QTest::newRow("two characters") << QByteArray(R"({"decimal":",,"})") << QByteArray("\"decimal\"");
  }
  void saysWhatIsWrongInOneLine() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, named);
    const Result<Mapping> mapping = mappingFromJson(text.toStdString());
    QVERIFY(!mapping);
    QCOMPARE(mapping.error().code, ErrorCode::Usage);
    const QByteArray message = QByteArray::fromStdString(mapping.error().message);
    QVERIFY2(message.contains(named), message.constData());
    QVERIFY(!message.contains('\n'));
  }
};

METEOROGRAPH_TEST(tst_Mapping)
#include "tst_Mapping.moc"
