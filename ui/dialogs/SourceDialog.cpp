// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SourceDialog.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"
#include "ui/mapping/MappingText.h"
#include "ui/mapping/PresetBar.h"
#include "ui/mapping/ZoneBox.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace meteorograph::ui {

SourceDialog::SourceDialog(EngineClient *client, const SourceStatus &source, QWidget *parent)
    : QDialog(parent), m_source(source), m_presets(new PresetBar(client)), m_zone(new ZoneBox),
      m_missing(new QLineEdit), m_duplicates(new QCheckBox(tr("Leave out exact &duplicates"))),
      m_note(new QLabel) {
  const QString path = QString::fromStdString(source.path);
  setWindowTitle(tr("Settings of %1").arg(path.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty)));
  m_zone->setAccessibleName(tr("Time zone of times that state none"));
  m_missing->setAccessibleName(tr("Missing values"));
  m_missing->setPlaceholderText(tr("such as -9999; -200"));
  m_duplicates->setToolTip(
      tr("Readings of the same device, time and values count once in the windows and charts."));
  m_duplicates->setChecked(source.settings.leave_out_duplicates);
  m_note->setProperty("role", "caption");
  m_note->setWordWrap(true);
  m_note->setText(tr("Its %1 files are read again, and their %2 readings replaced. A file's own mapping "
                     "goes before the source's.")
                      .arg(formatCount(source.files), formatCount(source.readings)));
  build();
  takeMapping(source.settings.mapping);
}

void SourceDialog::build() {
  auto *form = new QFormLayout;
  form->setHorizontalSpacing(18);
  form->setVerticalSpacing(9);
  form->addRow(m_presets);
  form->addRow(tr("&Zone of its times"), m_zone);
  form->addRow(tr("&Missing values"), m_missing);
  form->addRow(QString(), m_duplicates);
  form->addRow(m_note);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  buttons->button(QDialogButtonBox::Ok)->setText(tr("Apply and read again"));
  buttons->button(QDialogButtonBox::Ok)->setProperty("role", "primary");
  connect(buttons, &QDialogButtonBox::accepted, this, &SourceDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_presets, &PresetBar::chosen, this, &SourceDialog::takeMapping);
  connect(m_presets, &PresetBar::told, this, [this](const QString &message, bool isError) {
    m_note->setText(message);
    setTone(*m_note, isError ? "bad" : "");
  });
  connect(m_zone, &ZoneBox::zoneChanged, this, &SourceDialog::change);
  connect(m_missing, &QLineEdit::textEdited, this, &SourceDialog::change);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 18, 20, 14);
  layout->setSpacing(16);
  layout->addLayout(form);
  layout->addWidget(buttons);
  setMinimumWidth(560);
}

void SourceDialog::takeMapping(const Mapping &mapping) {
  m_mapping = mapping;
  m_zone->setZone(mapping.zone, {});
  m_missing->setText(numbersText(mapping.missing));
  m_presets->setMapping(m_mapping);
}

void SourceDialog::change() {
  const std::optional<std::vector<double>> missing = parseNumbers(m_missing->text());
  setTone(*m_missing, missing ? "" : "bad");
  Mapping wanted = m_mapping;
  wanted.zone = m_zone->zone();
  if (missing)
    wanted.missing = *missing;
  if (wanted == m_mapping)
    return;
  m_mapping = wanted;
  m_mapping.name.clear();
  m_presets->setMapping(m_mapping);
}

void SourceDialog::accept() {
  change();
  const bool numbers = parseNumbers(m_missing->text()).has_value();
  if (m_zone->isUnknown() || !numbers) {
    m_note->setText(numbers ? tr("There is no zone of that name.")
                            : tr("Missing values are numbers, parted by semicolons."));
    setTone(*m_note, "bad");
    return;
  }
  Q_EMIT chosen({m_mapping, m_duplicates->isChecked()});
  QDialog::accept();
}

} // namespace meteorograph::ui
