// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SettingsDialog.h"

#include "ui/format/Format.h"
#include "ui/settings/Settings.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

namespace meteorograph::ui {

namespace {

constexpr int kIntervals[] = {250, 500, 1000, 2000, 5000, 10'000, 30'000, 60'000};

void select(QComboBox &box, const QVariant &value) {
  const int index = box.findData(value);
  if (index >= 0)
    box.setCurrentIndex(index);
}

QLabel *makeHint(const QString &text) {
  auto *hint = new QLabel(text);
  hint->setProperty("role", "caption");
  hint->setWordWrap(true);
  return hint;
}

} // namespace

SettingsDialog::SettingsDialog(Settings &settings, QWidget *parent)
    : QDialog(parent), m_settings(settings), m_theme(new QComboBox), m_refresh(new QComboBox),
      m_now(new QComboBox), m_lateness(new QSpinBox) {
  setWindowTitle(tr("Settings"));
  m_theme->addItem(tr("As the system"), QStringLiteral("system"));
  m_theme->addItem(tr("Dark"), QStringLiteral("dark"));
  m_theme->addItem(tr("Light"), QStringLiteral("light"));
  for (const int interval : kIntervals)
    m_refresh->addItem(formatSpan(interval * kMillisecond), interval);
  m_now->addItem(tr("Automatic"), QStringLiteral("automatic"));
  m_now->addItem(tr("The wall clock"), QStringLiteral("clock"));
  m_now->addItem(tr("The newest data"), QStringLiteral("data"));
  m_lateness->setRange(0, 7 * 86'400);
  m_lateness->setSingleStep(60);
  m_lateness->setSuffix(tr(" s"));
  m_lateness->setValue(settings.value(Setting::LatenessSeconds).toInt());
  select(*m_theme, settings.value(Setting::Theme));
  select(*m_refresh, settings.value(Setting::RefreshMs));
  select(*m_now, settings.value(Setting::NowSource));
  auto *form = new QFormLayout;
  form->setHorizontalSpacing(18);
  form->setVerticalSpacing(8);
  form->addRow(tr("&Theme"), m_theme);
  form->addRow(tr("&Refresh every"), m_refresh);
  form->addRow(QString(), makeHint(tr("Storing goes on at its own pace, whatever is chosen here.")));
  form->addRow(tr("“&Now” is"), m_now);
  form->addRow(QString(),
               makeHint(tr("Automatic: the newest data, where that is older than the range shown.")));
  form->addRow(tr("&Allowed lateness"), m_lateness);
  form->addRow(QString(),
               makeHint(tr("How far the watermark trails the newest reading of a device. Holds from "
                           "the next opening of a store.")));
  const QStringList names = {tr("Theme"), tr("Refresh interval"), tr("What now means"),
                             tr("Allowed lateness")};
  const QList<QWidget *> controls = {m_theme, m_refresh, m_now, m_lateness};
  for (int i = 0; i < names.size(); ++i)
    controls[i]->setAccessibleName(names[i]);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  buttons->button(QDialogButtonBox::Ok)->setProperty("role", "primary");
  connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 18, 20, 14);
  layout->setSpacing(16);
  layout->addLayout(form);
  layout->addWidget(buttons);
  setMinimumWidth(420);
}

void SettingsDialog::accept() {
  m_settings.set(Setting::Theme, m_theme->currentData());
  m_settings.set(Setting::RefreshMs, m_refresh->currentData());
  m_settings.set(Setting::NowSource, m_now->currentData());
  m_settings.set(Setting::LatenessSeconds, m_lateness->value());
  Q_EMIT changed();
  QDialog::accept();
}

} // namespace meteorograph::ui
