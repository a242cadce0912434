// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QComboBox;
class QSpinBox;

namespace meteorograph::ui {

class Settings;

/// Theme, refresh interval, what "now" means, allowed lateness. Writes into the settings and emits
/// changed() when accepted.
class SettingsDialog : public QDialog {
  Q_OBJECT
public:
  explicit SettingsDialog(Settings &settings, QWidget *parent = nullptr);

Q_SIGNALS:
  void changed();

private:
  void accept() override;
  Settings &m_settings;
  QComboBox *m_theme;
  QComboBox *m_refresh;
  QComboBox *m_now;
  QSpinBox *m_lateness;
};

} // namespace meteorograph::ui
