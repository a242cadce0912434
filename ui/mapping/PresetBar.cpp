// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/PresetBar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>

namespace meteorograph::ui {

namespace {

constexpr int kInferred = -1; // what a row of the box stands for: a preset's place in the list, or these
constexpr int kOwn = -2;

bool sameRules(Mapping a, const Mapping &b) {
  a.name = b.name;
  return a == b;
}

} // namespace

PresetBar::PresetBar(EngineClient *client, QWidget *parent)
    : QWidget(parent), m_client(client), m_pages(new QStackedWidget), m_box(new QComboBox),
      m_name(new QLineEdit) {
  m_pages->addWidget(buildChooser());
  m_pages->addWidget(buildSaver());
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_pages);
  connect(m_box, &QComboBox::activated, this, &PresetBar::choose);
  fill();
  client->fetchPresets([self = QPointer(this)](const Result<std::vector<Preset>> &presets) {
    if (self)
      self->take(presets);
  });
}

QWidget *PresetBar::buildChooser() {
  auto *page = new QWidget;
  auto *label = new QLabel(tr("Read &as"));
  label->setBuddy(m_box);
  m_box->setAccessibleName(tr("Preset"));
  m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_box->setMinimumContentsLength(20);
  auto *save = new QPushButton(tr("&Save as preset…"));
  save->setAccessibleName(tr("Save this mapping as a preset"));
  save->setAutoDefault(false); // Return in a field of the dialog is not meant for it
  connect(save, &QPushButton::clicked, this, [this] {
    m_name->setText(QString::fromStdString(m_mapping.name));
    m_pages->setCurrentIndex(1);
    m_name->setFocus();
    m_name->selectAll();
  });
  auto *layout = new QHBoxLayout(page);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addStretch(1);
  layout->addWidget(label);
  layout->addWidget(m_box);
  layout->addWidget(save);
  return page;
}

QWidget *PresetBar::buildSaver() {
  auto *page = new QWidget;
  m_name->setPlaceholderText(tr("Name of the preset"));
  m_name->setAccessibleName(tr("Name of the preset"));
  m_name->setMinimumWidth(200);
  auto *save = new QPushButton(tr("Save"));
  auto *back = new QPushButton(tr("Back"));
  save->setAccessibleName(tr("Save the preset under this name"));
  back->setAccessibleName(tr("Do not save a preset"));
  for (QPushButton *button : {save, back})
    button->setAutoDefault(false);
  connect(save, &QPushButton::clicked, this, &PresetBar::save);
  connect(m_name, &QLineEdit::returnPressed, this, &PresetBar::save);
  connect(back, &QPushButton::clicked, this, [this] { m_pages->setCurrentIndex(0); });
  auto *layout = new QHBoxLayout(page);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addStretch(1);
  layout->addWidget(m_name);
  layout->addWidget(save);
  layout->addWidget(back);
  return page;
}

void PresetBar::choose(int index) {
  const int chosenPreset = m_box->itemData(index).toInt();
  if (chosenPreset == kInferred)
    Q_EMIT chosen({});
  else if (chosenPreset >= 0) {
    Mapping mapping = m_presets[static_cast<std::size_t>(chosenPreset)].mapping;
    mapping.name = m_presets[static_cast<std::size_t>(chosenPreset)].name;
    Q_EMIT chosen(mapping);
  }
}

void PresetBar::save() {
  const QString name = m_name->text().trimmed();
  if (name.isEmpty() || !m_client)
    return;
  m_mapping.name = name.toStdString();
  m_client->savePreset(name, m_mapping,
                       [self = QPointer(this), name](const Result<std::vector<Preset>> &presets) {
                         if (!self)
                           return;
                         self->take(presets);
                         if (!presets)
                           return;
                         self->m_pages->setCurrentIndex(0);
                         Q_EMIT self->told(tr("Saved as the preset “%1”.").arg(name), false);
                       });
}

void PresetBar::take(const Result<std::vector<Preset>> &presets) {
  if (!presets) {
    Q_EMIT told(QString::fromStdString(presets.error().message), true);
    return;
  }
  m_presets = *presets;
  fill();
}

void PresetBar::setMapping(const Mapping &mapping) {
  m_mapping = mapping;
  fill();
}

void PresetBar::fill() {
  const QSignalBlocker quiet(m_box);
  m_box->clear();
  m_box->addItem(tr("Inferred from the file"), kInferred);
  int current = m_mapping.empty() ? 0 : -1;
  for (const bool own : {false, true}) {
    bool first = true;
    for (std::size_t i = 0; i < m_presets.size(); ++i) {
      if (m_presets[i].own != own)
        continue;
      if (std::exchange(first, false))
        m_box->insertSeparator(m_box->count());
      m_box->addItem(own ? tr("%1 (yours)").arg(QString::fromStdString(m_presets[i].name))
                         : QString::fromStdString(m_presets[i].name),
                     static_cast<int>(i));
      if (current != 0 && sameRules(m_presets[i].mapping, m_mapping))
        current = m_box->count() - 1;
    }
  }
  if (current < 0) {
    m_box->insertItem(1, tr("Your choices"), kOwn);
    current = 1;
  }
  m_box->setCurrentIndex(current);
}

} // namespace meteorograph::ui
