// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <QImage>

#include <nlohmann/json.hpp>

/// `meteorograph annotations`, and that `chart` draws them.
class tst_AnnotationsCommand : public QObject {
  Q_OBJECT

  std::unique_ptr<Program> m_program;

  QImage picture(const QString &name) const {
    const ProgramRun run =
        m_program->run({"chart", "--store", "store", "--output", name, "--size", "800x600"});
    return run.code == 0 ? QImage(m_program->path(name)) : QImage();
  }

  void annotate() const {
    SqliteFile(m_program->path("store").toStdString())
        .execute(
            "INSERT INTO annotation(from_us, to_us, text, device, quantity_id) VALUES"
            " (1704067300000000, NULL, 'Filter' || char(10) || 'changed', NULL, NULL),"
            " (1704067200000000, 1704067260000000, 'Door open', (SELECT name FROM device WHERE id = 1), 1)");
  }

private Q_SLOTS:
  void init() {
    m_program = std::make_unique<Program>();
    QCOMPARE(m_program->run({"simulate", "--output", "data", "--fast", "--duration", "600"}).code, 0);
    QCOMPARE(m_program->run({"ingest", "--store", "store", "data"}).code, 0);
  }
  void listsThemByTime() {
    QCOMPARE(m_program->run({"annotations", "--store", "store"}).out, QByteArray());
    annotate();
    const ProgramRun text = m_program->run({"annotations", "--store", "store"});
    QCOMPARE(text.code, 0);
    const QList<QByteArray> lines = text.out.split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY2(lines[0].startsWith("2024-01-01T00:00:00.000000Z – 2024-01-01T00:01:00.000000Z · "), text.out);
    QVERIFY2(lines[0].endsWith(" · temperature"), text.out);
    QCOMPARE(lines[3], QByteArray("    Filter\\nchanged"));
    const ProgramRun json = m_program->run({"annotations", "--store", "store", "--json"});
    const auto first = nlohmann::json::parse(json.out.split('\n')[0].toStdString());
    QCOMPARE(first["text"].get<std::string>(), std::string("Door open"));
    QCOMPARE(first["quantity"].get<std::string>(), std::string("temperature"));
    const auto second = nlohmann::json::parse(json.out.split('\n')[1].toStdString());
    QVERIFY(second["to"].is_null());
    QCOMPARE(second["text"].get<std::string>(), std::string("Filter\nchanged"));
  }

  void chartDrawsThemAndTheLimits() {
    const QImage plain = picture("plain.png");
    QVERIFY(!plain.isNull());
    annotate();
    const QImage annotated = picture("annotated.png");
    QVERIFY(!annotated.isNull() && annotated != plain);
    SqliteFile(m_program->path("store").toStdString())
        .execute("UPDATE quantity SET high = -100 WHERE id = 1");
    QVERIFY(picture("limited.png") != annotated);
  }

  void wantsAStore() { QCOMPARE(m_program->run({"annotations", "--store", "absent"}).code, 3); }
};

METEOROGRAPH_TEST(tst_AnnotationsCommand)
#include "tst_AnnotationsCommand.moc"
