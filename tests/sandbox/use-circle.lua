-- expect: report: thư viện gọi vòng lại chính nó
use "circle"
