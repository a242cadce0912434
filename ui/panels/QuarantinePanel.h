// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace meteorograph::ui {

class QuarantineModel;
class QuarantineProxy;

/// The records that could not be taken as readings: reasons with their counts, the records, and the
/// chosen one's whole text. From here a file's mapping is put right.
class QuarantinePanel : public QWidget {
  Q_OBJECT
public:
  explicit QuarantinePanel(QWidget *parent = nullptr);
  void show(const std::vector<QuarantinedRecord> &records, const Overview &overview);
  void showFile(const std::string &path); ///< only this file's; empty: all

Q_SIGNALS:
  void mappingRequested(std::int64_t fileId, const QString &path);
  void exportRequested();

private:
  QWidget *buildTop();
  QWidget *buildTable();
  void buildDetail();
  void fillReasons(const Overview &overview);
  void fillFiles(const std::vector<QuarantinedRecord> &records);
  void showDetail();
  void showNote();
  void copy();
  const QuarantinedRecord *current() const;

  QuarantineModel *m_records;
  QuarantineProxy *m_proxy;
  QListWidget *m_reasons;
  QTableView *m_view;
  QPlainTextEdit *m_detail;
  QComboBox *m_file;
  QLineEdit *m_filter;
  QLabel *m_note;
  QPushButton *m_fix;
  std::int64_t m_total = 0;
};

} // namespace meteorograph::ui
