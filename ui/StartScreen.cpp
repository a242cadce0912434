// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/StartScreen.h"

#include "ui/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace meteorograph::ui {

namespace {
constexpr int kShownRecents = 5;

QLabel *makeLabel(const QString &text, const char *role) {
  auto *label = new QLabel(text);
  label->setProperty("role", role);
  label->setAlignment(Qt::AlignCenter);
  label->setWordWrap(true);
  return label;
}
} // namespace

StartScreen::StartScreen(QWidget *parent)
    : QWidget(parent), m_recents(new QVBoxLayout), m_recentsBox(new QWidget),
      m_message(makeLabel({}, "caption")) {
  auto *column = new QWidget;
  column->setFixedWidth(560);
  auto *layout = new QVBoxLayout(column);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(10);
  auto *icon = new QLabel;
  icon->setPixmap(QIcon(QStringLiteral(":/icons/meteorograph.svg")).pixmap(72, 72));
  icon->setAlignment(Qt::AlignCenter);
  layout->addWidget(icon);
  layout->addWidget(makeLabel(tr("Meteorograph"), "title"));
  layout->addWidget(
      makeLabel(tr("Every reading of your sensor files: kept exactly once, shown live."), "lead"));
  layout->addSpacing(8);
  layout->addWidget(makeDropArea());
  layout->addWidget(m_message);
  layout->addSpacing(4);
  m_message->hide();
  m_recents->setContentsMargins(0, 0, 0, 0);
  m_recents->setSpacing(1);
  m_recentsBox->setLayout(m_recents);
  layout->addWidget(m_recentsBox);
  auto *outer = new QVBoxLayout(this);
  outer->addStretch(2);
  outer->addWidget(column, 0, Qt::AlignHCenter);
  outer->addStretch(3);
}

QWidget *StartScreen::makeDropArea() {
  auto *area = new QFrame;
  area->setObjectName(QStringLiteral("dropArea"));
  auto *open = new QPushButton(tr("Open data folder…"));
  open->setProperty("role", "primary");
  open->setAccessibleName(tr("Open a data folder"));
  auto *demo = new QPushButton(tr("Start demo"));
  demo->setProperty("role", "bar");
  demo->setAccessibleName(tr("Start the demo with simulated sensors"));
  demo->setToolTip(
      tr("Four simulated devices write files into a temporary folder; all is removed at the end."));
  connect(open, &QPushButton::clicked, this, &StartScreen::openRequested);
  connect(demo, &QPushButton::clicked, this, &StartScreen::demoRequested);
  auto *buttons = new QHBoxLayout;
  buttons->setSpacing(10);
  buttons->addStretch();
  buttons->addWidget(open);
  buttons->addWidget(demo);
  buttons->addStretch();
  auto *layout = new QVBoxLayout(area);
  layout->setContentsMargins(24, 34, 24, 30);
  layout->setSpacing(18);
  layout->addWidget(makeLabel(tr("Drop files or folders here"), "drop"));
  layout->addLayout(buttons);
  layout->addSpacing(2);
  layout->addWidget(makeLabel(
      tr("CSV, JSON, InfluxDB line protocol, MQTT logs, Avro, SQLite; also gzip or zstd"), "caption"));
  return area;
}

void StartScreen::setRecents(const QStringList &folders) {
  while (QLayoutItem *item = m_recents->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  m_recentsBox->setVisible(!folders.isEmpty());
  auto *heading = new QLabel(tr("Recent").toUpper());
  heading->setProperty("role", "heading");
  m_recents->addWidget(heading);
  for (const QString &folder : folders.mid(0, kShownRecents)) {
    auto *link = new QPushButton;
    link->setText(link->fontMetrics().elidedText(folder, Qt::ElideMiddle, 520));
    link->setToolTip(folder);
    link->setProperty("role", "link");
    link->setAccessibleName(tr("Open %1").arg(folder));
    connect(link, &QPushButton::clicked, this, [this, folder] { Q_EMIT recentChosen(folder); });
    m_recents->addWidget(link, 0, Qt::AlignLeft);
  }
}

void StartScreen::setMessage(const QString &message, bool isError) {
  m_message->setText(message);
  m_message->setVisible(!message.isEmpty());
  setTone(*m_message, isError ? "bad" : "");
}

} // namespace meteorograph::ui
